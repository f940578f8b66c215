// Generates both clients, compiles them, and lets each push and read against a server of this build. Ends with "clients: N passed, N failed".
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '../..')
const key = 'a-key-for-generated-clients-0123456789'
const sample = join(root, 'tests/Api.Tests/Samples/syrie-2024-12-01.json')
let [passed, failed] = [0, 0]

function run (what, command, ...args) {
  const done = spawnSync(command, args, { cwd: here, encoding: 'utf8' })
  const isDone = done.status === 0
  isDone ? passed++ : failed++
  console.log(`${isDone ? 'ok' : 'FAILED'}: ${what}`)
  if (!isDone) console.log(done.error ?? `${done.stdout}${done.stderr}`)
  return isDone
}

// Its checks count one by one.
function roundTrip (address, command, ...args) {
  const done = spawnSync(command, [...args, address, key, sample], { cwd: here, encoding: 'utf8' })
  console.log(`${done.stdout}${done.stderr}`.trimEnd())
  const counts = /: (\d+) passed, (\d+) failed\n$/.exec(done.stdout)
  passed += counts ? Number(counts[1]) : 0
  failed += counts ? Number(counts[2]) : 1
}

async function withServer (use) {
  const directory = mkdtempSync(join(tmpdir(), 'galley-clients-'))
  const server = spawn('dotnet', [join(root, 'src/Api/bin/Debug/net10.0/galley.dll'), '--urls=http://127.0.0.1:0', '--Galley:PublicUrl=https://news.example.org', `--Galley:AdminKey=${key}`, `--Galley:Database=${join(directory, 'galley.db')}`])
  const ended = new Promise(resolve => server.once('exit', resolve))
  try {
    const address = await new Promise((resolve, reject) => {
      let said = ''
      server.stderr.on('data', part => {
        said += part
        const listening = /Now listening on: (\S+)/.exec(said)
        if (listening) resolve(listening[1])
      })
      ended.then(() => reject(new Error(`The server did not start: ${said}`)))
    })
    use(address)
  } finally {
    server.kill('SIGTERM')
    await ended
    rmSync(directory, { recursive: true })
  }
}

rmSync(join(here, 'generated'), { recursive: true, force: true })
mkdirSync(join(here, 'generated/csharp'), { recursive: true })
const bin = name => join(here, 'node_modules/.bin', name)
const typescript = run('a TypeScript client is generated', bin('openapi-typescript'), join(root, 'openapi/v1.json'), '--output', 'generated/v1.d.ts') &&
  run('it compiles', bin('tsc'), '--project', 'tsconfig.json')
const csharp = run('a C# client is generated', bin('nswag'), 'run', 'nswag.json') &&
  run('it builds', 'dotnet', 'build', 'csharp/RoundTrip.csproj', '--output', 'generated/csharp/bin')

await withServer(address => {
  if (typescript) roundTrip(address, 'node', 'generated/typescript/roundTrip.js')
  if (csharp) roundTrip(address, 'dotnet', 'generated/csharp/bin/RoundTrip.dll')
})
console.log(`clients: ${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
