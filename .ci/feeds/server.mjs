import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = join(dirname(fileURLToPath(import.meta.url)), '../../src/Api/bin/Debug/net10.0/galley.dll')

/** Imports the whole material and serves it. */
export async function withServer (material, use) {
  const directory = mkdtempSync(join(tmpdir(), 'galley-feeds-'))
  const settings = ['--Galley:AdminKey=a-key-for-checking-feeds-0123456789', `--Galley:Database=${join(directory, 'galley.db')}`]
  writeFileSync(join(directory, 'lines.ndjson'), storiesOf(material).map(story => `${JSON.stringify(lineOf(story))}\n`).join(''))
  spawnSync('dotnet', [program, 'migrate', ...settings])
  const imported = spawnSync('dotnet', [program, 'import', join(directory, 'lines.ndjson'), '--create-missing=sections,tags', `--report=${join(directory, 'report.ndjson')}`, ...settings], { encoding: 'utf8' })
  console.log(`${imported.stdout}${imported.stderr}`.trimEnd())
  const server = spawn('dotnet', [program, '--urls=http://127.0.0.1:0', '--Galley:PublicUrl=https://news.example.org', ...settings])
  const ended = new Promise(resolve => server.once('exit', resolve))
  try {
    const address = await listening(server, ended)
    await use(async path => {
      const answer = await fetch(address + path)
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
      return text
    })
  } finally {
    server.kill()
    await ended
    rmSync(directory, { recursive: true })
  }
}

function listening (server, ended) {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr.on('data', part => {
      said += part
      const at = /Now listening on: (\S+)/.exec(said)
      if (at) resolve(at[1])
    })
    ended.then(() => reject(new Error(`The server did not start: ${said}`)))
  })
}

function storiesOf (material) {
  const directory = join(material, 'articles')
  return readdirSync(directory).filter(name => name.endsWith('.ndjson')).sort()
    .flatMap(name => readFileSync(join(directory, name), 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line)))
}

/** Everything of a story that the import has a place for; each is published, drafts too, so that all of them are in the feeds. */
function lineOf (story) {
  const article = {
    language: story.language,
    status: 'published',
    headline: story.title || undefined,
    standfirst: story.summary || undefined,
    byline: story.author || undefined,
    kicker: story.kicker || undefined,
    canonicalUrl: story.url || undefined,
    translationKey: story.translationGroup || undefined,
    slug: story.slug || undefined,
    publishedAt: story.publishedAt && new Date(story.publishedAt) < new Date() ? story.publishedAt : undefined,
    section: story.sectionPath?.length ? { breadcrumb: story.sectionPath } : undefined,
    tags: [...new Set(story.tags.map(tag => tag.trim()).filter(Boolean))].map(name => ({ kind: 'keyword', name })),
    body: { [story.bodyFormat]: story.body },
  }
  return { source: story.sourceId.split(':')[0], externalId: story.sourceId, article }
}
