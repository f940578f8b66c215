import FeedParser from 'feedparser'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import RssParser from 'rss-parser'

const rssParser = new RssParser()

/** Programs that read feeds, each with the formats it knows, and what an item is in its own words. */
export const readers = [
  {
    name: 'rss-parser',
    formats: ['rss', 'atom'],
    read: async (text, format) => (await rssParser.parseString(text)).items.map(item => ({
      id: item.guid ?? item.id,
      title: item.title,
      link: item.link,
      published: item.isoDate && format === 'rss' ? item.isoDate : item.pubDate,
      html: item['content:encoded'] ?? item.content ?? '',
    })),
  },
  {
    name: 'feedparser',
    formats: ['rss', 'atom'],
    read: (text, format) => new Promise((resolve, reject) => {
      const items = []
      const parser = new FeedParser({ addmeta: false })
      parser.on('error', reject).on('end', () => resolve(items)).on('readable', () => {
        for (let item = parser.read(); item; item = parser.read())
          items.push({ id: item.guid, title: item.title, link: item.link, published: item.pubdate, updated: format === 'atom' ? item.date : undefined, html: item.description ?? '', mayLackTags: true })
      })
      parser.end(text)
    }),
  },
  {
    name: 'feedsmith',
    formats: ['rss', 'atom', 'json'],
    read: async (text, format) => ofFeedsmith[format](text),
  },
]

const ofFeedsmith = {
  rss: text => parseRssFeed(text).items.map(item => ({
    id: item.guid.value,
    title: item.title,
    link: item.link,
    published: item.pubDate,
    updated: item.atom?.updated,
    html: item.content?.encoded ?? '',
  })),
  atom: text => parseAtomFeed(text).entries.map(entry => ({
    id: entry.id,
    title: entry.title.value,
    link: entry.links.find(link => link.rel === 'alternate' && !link.hreflang).href,
    published: entry.published,
    updated: entry.updated,
    html: entry.content?.value ?? '',
  })),
  json: text => parseJsonFeed(text).items.map(item => ({
    id: item.id,
    title: item.title,
    link: item.url,
    published: item.date_published,
    updated: item.date_modified,
    html: item.content_html ?? '',
    text: item.content_text ?? '',
  })),
}
