import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser, HtmlRenderer } from 'commonmark'
import { parse } from 'parse5'
import { each } from './server.mjs'

// Text inside these runs on; before and after any other element a word ends.
const inline = new Set('a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark s samp small span strike strong sub sup time tt u var wbr'.split(' '))

/** Whether each real story has the same words in format=text as in its source. The exceptions stand by id with a reason. */
export async function checkWords(server, material, exceptions) {
  const directory = join(material, 'articles')
  const stories = readdirSync(directory).filter(name => name.endsWith('.ndjson')).sort()
    .flatMap(name => readFileSync(join(directory, name), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line)))
  const results = await each(stories, async story => ({ name: story.sourceId, fault: await faultOf(server, story) }))
  const known = results.filter(({ name, fault }) => fault && Object.hasOwn(exceptions, name))
  console.log(`${stories.length} stories, ${known.length} exceptions`)
  for (const name of Object.keys(exceptions))
    if (!known.some(result => result.name === name)) results.push({ name, fault: 'is listed as an exception and is none' })
  if (Object.keys(exceptions).length > 20) results.push({ name: 'exceptions', fault: 'are more than 20' })
  return results.map(result => known.includes(result) ? { ...result, fault: null } : result)
}

async function faultOf(server, { sourceId, language, body, bodyFormat }) {
  const read = await server.take(sourceId, language, { [bodyFormat]: body }, 'blocks,text')
  if (read === null) return 'was refused'
  // An embed without a title stands as its address, which is no word of the story.
  const addresses = new Set(read.blocks.filter(block => block.type === 'embed' && !block.title).map(block => block.url))
  const text = read.text.split('\n\n').filter(part => !addresses.has(part)).join('\n\n')
  const [expected, found] = [words(sourceText(bodyFormat, body)), words(text)]
  const [lost, added] = [without(expected, found), without(found, expected)]
  return lost.length + added.length === 0 ? null : `lost: ${lost.slice(0, 12).join(' ')}; added: ${added.slice(0, 12).join(' ')}`
}

function sourceText(format, body) {
  if (format === 'text') return body
  const html = format === 'html' ? body : new HtmlRenderer().render(new Parser().parse(body))
  return textOf(parse(html))
}

function textOf(node) {
  if (node.nodeName === '#text') return node.value
  if (node.nodeName === 'script' || node.nodeName === 'style') return ''
  const inside = (node.childNodes ?? []).map(textOf).join('')
  return inline.has(node.nodeName) || node.nodeName.includes('-') ? inside : ` ${inside} `
}

const words = text => text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []

function without(these, those) {
  const left = new Map()
  for (const word of those) left.set(word, (left.get(word) ?? 0) + 1)
  return these.filter(word => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count <= 0
  })
}
