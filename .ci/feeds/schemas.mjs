import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'

/** What the schema of RFC 4287 says against pages of Atom. */
export function atomFaults (material, pages) {
  const directory = mkdtempSync(join(tmpdir(), 'galley-atom-'))
  try {
    const files = pages.map((page, i) => {
      const file = join(directory, `${i}.xml`)
      writeFileSync(file, page)
      return file
    })
    const jing = spawnSync('jing', ['-c', join(material, 'schemas/atom-rfc4287.rnc'), ...files], { encoding: 'utf8', maxBuffer: 1 << 28 })
    return jing.status === 0 ? [] : [jing.error && `jing cannot be run: ${jing.error.message}`, ...(jing.stdout ?? '').split('\n')].filter(Boolean)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** What the schema of JSON Feed 1.1 says against pages of it. */
export function jsonFaults (material, pages) {
  const ajv = new Ajv({ allErrors: true, strict: false })
  addFormats(ajv)
  const check = ajv.compile(JSON.parse(readFileSync(join(material, 'schemas/jsonfeed-1.1.schema.json'), 'utf8')))
  return pages.flatMap((page, i) => check(JSON.parse(page)) ? [] : check.errors.map(error => `page ${i} ${error.instancePath} ${error.message}`))
}
