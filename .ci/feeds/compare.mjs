import { parseFragment } from 'parse5'

// Text inside these runs on; before and after any other element a word ends.
const inline = new Set('a abbr b bdi bdo cite code em i kbd mark s samp small span strong sub sup u'.split(' '))
const known = new Map()

/** What is wrong with the items that a reader found in a feed of these articles, each exactly once and in any order. */
export function compare (articles, items) {
  const found = new Map(items.map(item => [item.id, item]))
  const faults = []
  if (items.length !== articles.size || found.size !== articles.size) faults.push(`${items.length} items with ${found.size} ids of ${articles.size} articles`)
  for (const article of articles.values()) {
    const item = found.get(`urn:uuid:${article.id}`)
    const fault = item ? faultOf(article, item) : 'is missing'
    if (fault) faults.push(`${article.id}: ${fault}`)
  }

  return faults
}

function faultOf (article, item) {
  // One reader takes what looks like an element out of a title of plain text.
  const titles = [article.headline, ...item.mayLackTags ? [article.headline.replace(/<[^>]*>/g, '')] : []]
  if (!titles.map(spaced).includes(spaced(item.title))) return `title is ${item.title}, not ${article.headline}`
  if (item.link !== (article.canonicalUrl ?? `https://news.example.org/v1/articles/${article.id}`)) return `link is ${item.link}, not ${article.canonicalUrl}`
  if (!isSameSecond(item.published, article.firstPublishedAt)) return `published is ${item.published}, not ${article.firstPublishedAt}`
  if (item.updated !== undefined && !isSameSecond(item.updated, article.updatedAt)) return `updated is ${item.updated}, not ${article.updatedAt}`
  if (wordsOfHtml(item.html) !== words(article.body.text)) return `words are ${wordsOfHtml(item.html).slice(0, 300)}, not ${words(article.body.text).slice(0, 300)}`
  if (item.text !== undefined && item.text.trim() !== article.body.text.trim()) return 'text is another'
  return null
}

// Readers trim, and run white space together.
const spaced = text => (text ?? '').replace(/\s+/gu, ' ').trim()

// RSS has no fractions of a second.
const isSameSecond = (date, expected) => Math.floor(new Date(date) / 1000) === Math.floor(new Date(expected) / 1000)

const words = text => (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')

function wordsOfHtml (html) {
  if (!known.has(html)) known.set(html, words(textOf(parseFragment(html))))
  return known.get(html)
}

function textOf (node) {
  if (node.nodeName === '#text') return node.value
  const inside = (node.childNodes ?? []).map(textOf).join('')
  return inline.has(node.nodeName) ? inside : ` ${inside} `
}
