import { Parser, HtmlRenderer } from 'commonmark'
import { JSDOM, VirtualConsole } from 'jsdom'
import { parseFragment, serialize } from 'parse5'
import { each } from './server.mjs'

const xhtml = 'http://www.w3.org/1999/xhtml'
// What our HTML may hold.
const inHtml = {
  p: ['data-correction'], h2: [], h3: [], h4: [], blockquote: ['cite'], footer: [], ul: [], ol: [], li: [], table: [], thead: [], tbody: [], tr: [], th: [], td: [],
  pre: [], code: ['class'], figure: ['data-embed'], figcaption: [], small: [], picture: [], source: ['type', 'srcset'], img: ['src', 'srcset', 'width', 'height', 'alt'],
  hr: [], br: [], a: ['href'], strong: [], em: [], u: [], s: [], sup: [], sub: [],
}
// In Markdown the title of an image is its caption.
const allowedIn = { html: inHtml, markdown: { ...inHtml, img: [...inHtml.img, 'title'] } }
const schemes = new Set(['http:', 'https:', 'mailto:'])

/** Every vector as it stands in the file: alone, repeated, or with each value of a list in place of §. */
export function expand(lines) {
  const lists = Object.fromEntries(lines.filter(line => line.values).map(line => [line.list, line.values]))
  const all = lines.filter(line => line.form).flatMap(({ form, text, list, repeat }) =>
    (list ? lists[list].map(value => text.replaceAll('§', value)) : [text.repeat(repeat ?? 1)]).map(vector => ({ form, text: vector })))
  return [...new Map(all.map(vector => [`${vector.form} ${vector.text}`, vector])).values()]
}

export async function checkVectors(server, lines) {
  const vectors = expand(lines)
  const bodies = await each(vectors, ({ form, text }, index) => server.take(`vector-${index}`, 'en', { [form]: text }, 'html,markdown'))
  const refused = bodies.filter(body => body === null).length
  console.log(`${vectors.length} vectors, ${refused} of them refused`)

  const browser = new Browser()
  const results = vectors.map(({ form, text }, index) => ({ name: `${form}: ${text.slice(0, 200)}`, fault: bodies[index] && faultOf(bodies[index], browser) }))
  if (refused > vectors.length / 10) results.push({ name: 'vectors', fault: `${refused} were refused: too many to say anything` })
  browser.run('<img src="x:y" onerror="ran()"><script>ran()</script>')
  results.push({ name: 'a script that is not taken out', fault: browser.ran > 0 ? null : 'did not run: the hook catches nothing' })
  return results
}

function faultOf({ html, markdown }, browser) {
  const rendered = new HtmlRenderer().render(new Parser().parse(markdown))
  return faultIn(html, 'html') ?? faultIn(rendered, 'markdown') ?? rawIn(markdown) ?? browser.faultIn(html) ?? browser.faultIn(rendered)
}

function faultIn(html, what) {
  const tree = parseFragment(html)
  const fault = walk(tree, allowedIn[what])
  if (fault) return `${what}: ${fault} in ${html}`
  const again = serialize(parseFragment(serialize(tree)))
  return again === serialize(tree) ? null : `${what}: another tree when read again: ${html}`
}

function walk(node, allowed) {
  for (const child of node.childNodes ?? []) {
    const fault = child.nodeName === '#text' ? null : elementFault(child, allowed) ?? walk(child, allowed)
    if (fault) return fault
  }
  return null
}

function elementFault({ nodeName, namespaceURI, attrs = [] }, allowed) {
  if (namespaceURI !== xhtml || !Object.hasOwn(allowed, nodeName)) return `<${nodeName}>`
  for (const { name, value } of attrs) {
    if (!allowed[nodeName].includes(name)) return `<${nodeName} ${name}>`
    const addresses = ['href', 'src', 'cite'].includes(name) ? [value] : name === 'srcset' ? value.split(', ').map(candidate => candidate.split(' ')[0]) : []
    for (const address of addresses)
      if (!schemes.has(schemeOf(address))) return `<${nodeName} ${name}="${address}">`
  }
  return null
}

// What a browser cannot read leads nowhere, but shall not begin with anything else either.
const schemeOf = address => URL.canParse(address) ? new URL(address).protocol : /^(https?:)\/\//.exec(address)?.[1]

// Raw HTML would show as a node of its own, not as text.
function rawIn(markdown) {
  const walker = new Parser().parse(markdown).walker()
  for (let event = walker.next(); event; event = walker.next())
    if (event.node.type === 'html_inline' || event.node.type === 'html_block') return `markdown: raw HTML ${event.node.literal}`
  return null
}

/** A page that runs whatever would run in one. */
class Browser {
  ran = 0

  constructor() {
    this.dom = new JSDOM('<!DOCTYPE html><body></body>', { runScripts: 'dangerously', url: 'https://page.example/', virtualConsole: new VirtualConsole() })
    const hook = () => { this.ran++ }
    Object.assign(this.dom.window, { ran: hook, alert: hook, msgbox: hook })
  }

  run(html) {
    const { document, window } = this.dom.window.document.defaultView
    document.body.innerHTML = html
    for (const script of document.querySelectorAll('script')) {
      const fresh = document.createElement('script')
      fresh.textContent = script.textContent
      script.replaceWith(fresh)
    }
    for (const element of document.body.querySelectorAll('*'))
      for (const type of ['click', 'error', 'load', 'focus', 'mouseover', 'toggle', 'begin', 'animationstart']) element.dispatchEvent(new window.Event(type, { cancelable: true }))
  }

  faultIn(html) {
    const before = this.ran
    this.run(html)
    return this.ran === before ? null : `a script ran in ${html}`
  }
}
