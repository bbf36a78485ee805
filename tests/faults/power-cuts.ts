import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ledgerIds, startSoak, type Soak, type Surroundings } from './attune.ts'
import { missingOf, type Experiment, type Finding, type Setting } from './experiment.ts'
import { createLoopDisk, type LoopDisk } from './loop-disk.ts'
import { provide, system } from './machine.ts'
import { buildShim } from './shim.ts'
import { makeTrialExam } from './trial-exam.ts'

/**
 * The power goes while marks are written; then every mark that was called saved must be there. The controls take away
 * what makes that so, and must lose marks: a test that finds no loss there would find none anywhere.
 */
export const powerCuts: Experiment = {
  name: 'power-cuts',
  needs: ['mounts'],
  run: async (setting) => {
    const base = join(setting.scratch, 'base')
    const examId = await makeTrialExam(base)
    const disk = createLoopDisk(setting.scratch, 256)
    const few = Math.max(3, Math.ceil(setting.cuts / 5))
    const series = (cuts: number, rate: number | 'max', isControl: boolean, around: Surroundings = {}) =>
      cutSeries({ setting, disk, base, examId, cuts, rate, isControl, around })
    try {
      const lies: Surroundings = { env: { LD_PRELOAD: lyingLibrary(setting.scratch) } }
      const normal: Surroundings = { modules: [join(import.meta.dirname, 'synchronous-normal.ts')] }
      return [
        finding('10 taps a second', await series(setting.cuts, 10, false)),
        finding('full speed', await series(setting.cuts, 'max', false)),
        control('a disk that lies about fsync, 10 taps a second', await series(few, 10, true, lies)),
        control('a disk that lies about fsync, full speed', await series(few, 'max', true, lies)),
        control('synchronous=NORMAL, 10 taps a second', await series(few, 10, true, normal)),
      ]
    } finally {
      disk.remove()
    }
  },
}

/**
 * `lossy`: after how many of the cuts something was missing; `refused`: after how many nothing could be opened;
 * `underWay`: how many were missing whose fsync was under way when the power went.
 */
type Losses = { cuts: number; acknowledged: number; lost: number; lossy: number; refused: number; underWay: number }

/** More than the kernel's doing can be: a program that says "saved" too early loses its last mark again and again. */
const tooMany = ({ cuts, underWay }: Losses): boolean => underWay > Math.max(1, Math.floor(cuts / 10))

const finding = (what: string, losses: Losses): Finding => ({
  what,
  ok: losses.lost === 0 && losses.acknowledged > 0 && !tooMany(losses),
  times: `${losses.cuts} cuts`,
  acknowledged: losses.acknowledged,
  lost: losses.lost,
  ...(losses.underWay > 0 && {
    note: `beside ${losses.underWay} whose fsync was under way when the power went${tooMany(losses) ? ': TOO MANY' : ''}`,
  }),
})

const control = (what: string, { cuts, acknowledged, lost, lossy, refused }: Losses): Finding => ({
  what: `control: ${what}`,
  ok: lost > 0,
  times: `${cuts} cuts`,
  acknowledged,
  lost,
  note:
    lost > 0
      ? `loses as it must, after ${lossy} of ${cuts} (database unreadable after ${refused})`
      : 'LOSES NOTHING: this test proves nothing here',
})

type Series = {
  setting: Setting
  disk: LoopDisk
  base: string
  examId: string
  cuts: number
  rate: number | 'max'
  /** A control begins each time anew: what it breaks must not count twice. */
  isControl: boolean
  around: Surroundings
}

/**
 * Every other cut stops the program first, so that each acknowledgement came before it. The others cut into an fsync:
 * there the kernel, shutting the file system down, may call one fsync done of which nothing is on the disk (a program
 * that only writes and fsyncs lost its last write so in 4 of 150 cuts). When the power really goes nobody hears of that
 * one any more; so the last acknowledgement is not counted where it was heard after the cut and is missing.
 */
async function cutSeries({ setting, disk, base, examId, cuts, rate, isControl, around }: Series): Promise<Losses> {
  const dataDir = join(disk.folder, 'data')
  let acknowledged = new Set<string>()
  const losses: Losses = { cuts, acknowledged: 0, lost: 0, lossy: 0, refused: 0, underWay: 0 }
  const alreadyMissing = new Set<string>()
  begin(dataDir, base)
  for (let cut = 1; cut <= cuts; cut += 1) {
    if (isControl && cut > 1) {
      begin(dataDir, base)
      acknowledged = new Set()
    }
    const soak = startSoak({ dataDir, examId, rate, seed: cut }, around)
    await soak.until(() => soak.acknowledged.length > 0)
    await wait((rate === 'max' ? 600 : 1500) * setting.random())
    const isStopped = cut % 2 === 1
    if (isStopped) await stopped(soak)
    const heard = soak.acknowledged.length
    disk.cut()
    soak.signal('SIGKILL')
    await soak.ended
    await disk.powerOn()
    losses.acknowledged += soak.acknowledged.length
    for (const id of soak.acknowledged) acknowledged.add(id)
    const present = await whatIsThere(dataDir, isControl)
    if (present === null) losses.refused += 1
    const last = soak.acknowledged.at(-1)
    if (!isStopped && soak.acknowledged.length > heard && last !== undefined && present?.has(last) === false) {
      acknowledged.delete(last)
      losses.acknowledged -= 1
      losses.underWay += 1
    }
    const missing = missingOf(acknowledged, present ?? new Set()).filter((id) => !alreadyMissing.has(id))
    for (const id of missing) alreadyMissing.add(id)
    losses.lost += missing.length
    if (missing.length > 0) losses.lossy += 1
  }
  return losses
}

/** Stops the program between two calls of the system. */
async function stopped(soak: Soak): Promise<void> {
  soak.signal('SIGSTOP')
  while (!/^State:\tT/m.test(readFileSync(`/proc/${soak.pid}/status`, 'utf8'))) await wait(1)
}

/** Puts the exam onto the disk, really. */
function begin(dataDir: string, base: string): void {
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir)
  cpSync(base, dataDir, { recursive: true })
  system('sync', '-f', dataDir)
}

/** What the product finds; null where a control left a database that it refuses. */
async function whatIsThere(dataDir: string, isControl: boolean): Promise<Set<string> | null> {
  try {
    return await ledgerIds(dataDir)
  } catch (error) {
    if (isControl) return null
    throw error
  }
}

/** A library under which fsync does nothing: libeatmydata where it can be had, else one of our own. */
function lyingLibrary(scratch: string): string {
  let found: string | undefined
  provide('libeatmydata1', () => (found = eatMyData()) !== undefined)
  return found ?? buildShim('fsync-lies', scratch)
}

function eatMyData(): string | undefined {
  const folders = ['/usr/lib', '/usr/lib64', '/usr/local/lib'].filter(existsSync)
  const within = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name)),
  )
  return [...folders, ...within].map((folder) => join(folder, 'libeatmydata.so')).find(existsSync)
}
