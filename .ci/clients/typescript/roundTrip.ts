// Pushes a story and reads it back, with nothing but what was generated from the document.
import { readFileSync } from 'node:fs'
import createClient from 'openapi-fetch'
import type { components, paths } from '../generated/v1.js'

type Input = components['schemas']['ArticleInput']

const [address, key, sample] = process.argv.slice(2) as [string, string, string]
const sent = JSON.parse(readFileSync(sample, 'utf8')) as { headline: string, standfirst: string, publishedAt: string, section: { breadcrumb: string[] }, body: { text: string } }
const story: Input = {
  language: 'fr',
  status: 'published',
  publishedAt: sent.publishedAt,
  headline: sent.headline,
  standfirst: sent.standfirst,
  section: { breadcrumb: sent.section.breadcrumb },
  tags: [{ kind: 'place', slug: 'syrie' }, { kind: 'person', name: 'Bashar al Assad', relation: 'mentions' }],
  body: { text: sent.body.text },
}

let passed = 0
let failed = 0
function check(what: string, found: unknown, expected: unknown): void {
  const isSame = JSON.stringify(found) === JSON.stringify(expected)
  isSame ? passed++ : failed++
  if (!isSame) console.log(`FAILED: ${what}: ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
}

// Several values stand in one parameter, separated by commas.
const querySerializer = { array: { style: 'form', explode: false } } as const
const newsroom = createClient<paths>({ baseUrl: address, querySerializer, headers: { Authorization: `Bearer ${key}` } })
const reader = createClient<paths>({ baseUrl: address, querySerializer })

const push = (externalId: string, body: Input) => newsroom.PUT('/v1/manage/sources/{source}/articles/{externalId}', {
  params: { path: { source: 'typescript', externalId }, query: { createMissing: ['sections', 'tags'] } },
  body,
})

const first = await push('https://example.org/a?b=c', story)
check('a push creates', [first.response.status, first.data?.outcome, first.data?.externalId], [201, 'created', 'https://example.org/a?b=c'])
check('its headers', [first.response.headers.get('Location'), first.response.headers.get('ETag')], [`/v1/manage/articles/${first.data?.id}`, first.data?.etag])
const second = await push('https://example.org/a?b=c', story)
check('a second one is unchanged', [second.response.status, second.data?.outcome, second.data?.revision], [200, 'unchanged', first.data?.revision])
const { outcome, warnings, ...answered } = second.data!
const back = await newsroom.PUT('/v1/manage/articles/{id}', { params: { path: { id: answered.id }, header: { 'If-Match': answered.etag } }, body: answered as Input })
check('what is answered can be sent back', [back.response.status, back.data?.outcome], [200, 'unchanged'])

const read = await reader.GET('/v1/articles/{id}', { params: { path: { id: answered.id } } })
const article = read.data!
check('the text', [article.headline, article.standfirst, article.body.blocks?.map(block => block.text)], [sent.headline, sent.standfirst, sent.body.text.split('\n\n')])
check('the section', [article.section?.path, article.section?.ancestors?.map(above => above.name)], ['international/moyen-orient', ['International']])
check('the tags', article.tags.map(tag => `${tag.kind}:${tag.slug} ${tag.relation}`), ['place:syrie about', 'person:bashar-al-assad mentions'])
check('its language', [article.language, article.direction, read.response.headers.get('Content-Language')], ['fr', 'ltr', 'fr'])
const tag = read.response.headers.get('ETag')!
const known = await reader.GET('/v1/articles/{id}', { params: { path: { id: answered.id }, header: { 'If-None-Match': tag } } })
check('what the client has is not sent again', [known.response.status, known.data], [304, undefined])

for (const n of [1, 2, 3]) await push(`other-${n}`, { ...story, headline: `Autre ${n}` })
const found: string[] = []
let cursor: string | undefined
do {
  const list = await reader.GET('/v1/articles', { params: { query: { limit: 2, section: ['international'], language: ['fr', 'en'], ...(cursor ? { cursor } : {}) } } })
  found.push(...list.data!.data.map(item => item.headline ?? ''))
  cursor = list.data!.page.next
} while (cursor)
check('a list is walked to its end', found.sort(), ['Autre 1', 'Autre 2', 'Autre 3', sent.headline].sort())

const refused = await push('refused', { ...story, urgency: 12, section: { path: 'Not a path' } })
check('all errors come at once', [refused.response.status, refused.error?.code, refused.error?.errors?.map(error => `${error.pointer} ${error.code}`)], [422, 'validation-failed', ['/section/path invalid-value', '/urgency out-of-range']])
const nobody = await createClient<paths>({ baseUrl: address }).GET('/v1/manage/keys')
check('a key is needed', [nobody.response.status, nobody.error?.code], [401, 'missing-credentials'])

console.log(`TypeScript: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
