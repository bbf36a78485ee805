import { randomBytes } from 'node:crypto'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { writeWhole } from '#electron/files/write-whole.ts'

/** Run as a process of its own: writes a file as exports are written, or "plain", and then sends its hash. */
const [target = '', way] = process.argv.slice(2)
const bytes = randomBytes(300_000)
if (way === 'plain') await writeFile(target, bytes)
else await writeWhole(target, (part) => writeFile(part, bytes))
process.send?.(createHash('sha256').update(bytes).digest('hex'))
await wait(60_000)
