import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** Pushes bodies and reads them back. */
export class Server {
  constructor(address, key) {
    this.address = address
    this.key = key
  }

  /** The article that became of the body, in the formats asked for; null where the body was refused. */
  async take(externalId, language, body, format) {
    const pushed = await this.ask('PUT', `/v1/manage/sources/markup/articles/${encodeURIComponent(externalId)}`, JSON.stringify({ language, headline: externalId.slice(0, 200), status: 'published', body }))
    if (pushed.status === 400 || pushed.status === 422) return null
    if (pushed.status > 201) throw new Error(`${externalId} answered ${pushed.status}: ${pushed.text}`)
    const read = await this.ask('GET', `/v1/articles/${JSON.parse(pushed.text).id}?format=${format}`)
    if (read.status !== 200) throw new Error(`${externalId} answered ${read.status}: ${read.text}`)
    return JSON.parse(read.text).body
  }

  ask(method, path, body) {
    return new Promise((resolve, reject) => {
      const headers = method === 'PUT' ? { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' } : {}
      const sent = request(this.address + path, { method, agent, headers }, answer => {
        const chunks = []
        answer.on('data', chunk => chunks.push(chunk)).on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString('utf8') }))
      })
      sent.on('error', reject).end(body)
    })
  }
}

/** Runs an asynchronous function over all items, sixteen at a time, in order of the answers. */
export async function each(items, run) {
  const results = []
  let next = 0
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await run(items[index], index)
    }
  }))
  return results
}
