// Compares what README's commands printed in a clean clone with the story that was pushed.
import { readFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { join } from 'node:path'

const clone = process.argv[2]
const read = name => JSON.parse(readFileSync(join(clone, name), 'utf8'))

const sent = read('tests/Api.Tests/Samples/syrie-2024-12-01.json')
const pushed = read('push.json')
const again = read('again.json')
const article = read('read.json')

assert.equal(pushed.outcome, 'created')
assert.equal(again.outcome, 'unchanged')
assert.equal(again.revision, pushed.revision)
assert.equal(article.id, pushed.id)
assert.equal(article.headline, sent.headline)
assert.equal(article.standfirst, sent.standfirst)
assert.equal(article.section.path, 'international/moyen-orient')
assert.deepEqual([...article.section.ancestors.map(each => each.name), article.section.name], sent.section.breadcrumb)
assert.deepEqual(article.body.blocks.map(block => block.text), sent.body.text.split('\n\n'))

const exported = readFileSync(join(clone, 'articles.ndjson'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))
assert.ok(exported.some(line => line.externalId === 'syrie-2024-12-01' && line.article.headline === sent.headline))
assert.ok(exported.some(line => line.externalId === 'damas/ar'))
assert.equal(exported.at(-1).end, true)
console.log('the story came out as it went in')
