// Checks what the server makes of markup with parsers that are not its own: node check.mjs <address> <key> [material].
// Hostile markup: pushed, read back as HTML and Markdown, parsed by parse5, run by jsdom. Real stories: every word of the source is in format=text. Ends with "markup: N passed, N failed".
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkVectors } from './vectors.mjs'
import { checkWords } from './words.mjs'
import { Server } from './server.mjs'

const [address, key, material] = process.argv.slice(2)
const here = dirname(fileURLToPath(import.meta.url))
const lines = text => text.split('\n').filter(Boolean).map(line => JSON.parse(line))
const server = new Server(address, key)

const results = await checkVectors(server, lines(readFileSync(join(here, '../../tests/Api.Tests/Hostile/markup-vectors.ndjson'), 'utf8')))
if (material)
  results.push(...await checkWords(server, material, JSON.parse(readFileSync(join(here, 'words-exceptions.json'), 'utf8'))))

const failures = results.filter(result => result.fault)
for (const { name, fault } of failures.slice(0, 40)) console.log(`${name}\n  ${fault}`)
console.log(`markup: ${results.length - failures.length} passed, ${failures.length} failed`)
process.exit(failures.length === 0 ? 0 : 1)
