import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { buildIfStale, type Build } from './build.ts'
import { chooseHost, withoutElectron } from './choose-host.ts'
import { fetchElectron, findElectron, whyElectronFails } from './electron-program.ts'
import { electronArguments, readStartFlags, startHelp, webHostArguments, type StartFlags } from './flags.ts'

const root = join(import.meta.dirname, '..', '..')
const electronPackage = join(root, 'node_modules', 'electron')

type Host = { readonly program: string } | { readonly because: string | null }

async function findHost({ browser }: StartFlags): Promise<Host> {
  const installed = findElectron(electronPackage, process.env)
  const choice = chooseHost({ browser, platform: process.platform, env: process.env, installed: installed !== null })
  if (choice.host === 'web') return { because: choice.because }
  if (choice.host === 'fetch-electron') {
    console.log('Fetching Electron, once; this takes two minutes at most…')
    const reason = await fetchElectron(electronPackage)
    if (reason !== null) return { because: withoutElectron(`Electron could not be fetched (${reason})`) }
  }
  const program = installed ?? findElectron(electronPackage, process.env)
  if (program === null) return { because: withoutElectron('Electron was fetched but its program is missing') }
  const fault = whyElectronFails(program)
  return fault === null ? { program } : { because: withoutElectron(`Electron does not run here (${fault})`) }
}

/** Runs a host until it ends, passing signals on, and ends with its exit code. */
function run(program: string, args: readonly string[]): void {
  const host = spawn(program, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the host as well; a second one would look like impatience.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) host.kill(signal)
    })
  // A shell that npm runs this in ends on SIGTERM without passing it on, and would leave the host to itself.
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'] === 'start')
    setInterval(() => {
      if (process.ppid !== parent) host.kill('SIGTERM')
    }, 500).unref()
  host.once('error', (error) => {
    console.error(`Attune could not be started: ${error.message}`)
    process.exitCode = 1
  })
  host.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 1 : constants.signals[signal])
  })
}

function build(what: Build): boolean {
  if (buildIfStale(root, what)) return true
  console.error('The screens could not be built, so Attune did not start; the reason stands above.')
  process.exitCode = 1
  return false
}

async function start(flags: StartFlags): Promise<void> {
  const host = await findHost(flags)
  if ('program' in host) {
    if (build('everything')) run(host.program, electronArguments(flags, root, process.getuid?.() === 0))
    return
  }
  if (host.because !== null) console.log(host.because)
  if (build('screens')) run(process.execPath, [join(root, 'electron', 'web', 'main.ts'), ...webHostArguments(flags)])
}

const read = readStartFlags(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd())
if (read.kind === 'help') console.log(startHelp)
else if (read.kind === 'problem') {
  console.error(read.problem)
  process.exitCode = 2
} else await start(read.flags)
