// Walks every feed over the whole material by its own links and has it read by programs that are not the server's: node check.mjs <material>.
// Each page is checked by its schema; id, title, dates, link and words of every story are the article's. Ends with "feeds: N passed, N failed".
import { compare } from './compare.mjs'
import { readers } from './readers.mjs'
import { atomFaults, jsonFaults } from './schemas.mjs'
import { withServer } from './server.mjs'

const [material] = process.argv.slice(2)
const results = []
const report = (name, faults) => results.push({ name, faults: faults.filter(Boolean) })

await withServer(material, async ask => {
  const articles = new Map()
  for (let path = '/v1/articles?fields=whole&format=html,text&limit=100'; path;) {
    const page = JSON.parse(await ask(path))
    for (const article of page.data) articles.set(article.id, article)
    path = page.page.next && `/v1/articles?fields=whole&format=html,text&limit=100&cursor=${page.page.next}`
  }

  console.log(`${articles.size} articles`)
  report('all of the material is there', articles.size > 8600 ? [] : [`only ${articles.size} articles`])
  for (const format of ['rss', 'atom', 'json']) {
    const pages = await walk(ask, format)
    if (format === 'atom') report('atom is valid by its schema', atomFaults(material, pages))
    if (format === 'json') report('json is valid by its schema', jsonFaults(material, pages))
    for (const reader of readers.filter(reader => reader.formats.includes(format))) {
      const began = Date.now()
      const items = []
      for (const page of pages) items.push(...await reader.read(page, format))
      report(`${format} is read by ${reader.name}`, compare(articles, items))
      console.log(`${reader.name} read ${items.length} items of ${format} in ${((Date.now() - began) / 1000).toFixed(1)} s`)
    }
  }
})

// As a client does: from page to page, by the feed's own link.
async function walk (ask, format) {
  const pages = []
  for (let path = `/v1/feeds/${format}?limit=100`; path;) {
    const page = await ask(path)
    pages.push(page)
    const next = format === 'json' ? JSON.parse(page).next_url : /<(?:atom:)?link rel="next"[^>]* href="([^"]+)"/.exec(page)?.[1].replaceAll('&amp;', '&')
    const url = next && new URL(next)
    path = url && url.pathname + url.search
  }

  return pages
}

for (const { name, faults } of results) {
  console.log(`${faults.length === 0 ? 'ok' : 'FAILED'}: ${name}`)
  for (const fault of faults.slice(0, 10)) console.log(`  ${fault}`)
}
const failed = results.filter(result => result.faults.length > 0).length
console.log(`feeds: ${results.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
