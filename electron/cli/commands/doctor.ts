import { join } from 'node:path'
import { diskEncryption, runQuietly } from '#electron/files/disk-encryption.ts'
import { KEY_FILE, readKeyFile } from '#electron/files/key-file.ts'
import { isProtected } from '#electron/files/protection.ts'
import { diagnose, isHealthy, type Finding } from '#electron/hosts/doctor.ts'
import { readOptions, type Command } from '../command.ts'
import { folderOf, folderOptions } from '../folder.ts'
import { dataDirOf } from '../paths.ts'

const signs: Record<Finding['level'], string> = {
  ok: 'ok      ',
  note: 'note    ',
  warning: 'WARNING ',
  wrong: 'WRONG   ',
}

export const doctor: Command = {
  name: 'doctor',
  summary: 'Says what is wrong with a data folder, and what each way out would lose.',
  usage: `attune doctor [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own); it may be in use, and nothing in it is changed, but that a
                passphrase puts back a key.json that is gone
  --json        one JSON object: healthy, and findings with code, level, message and waysOut (action, loses)

Ends with 0 where nothing is wrong, with 1 where something is.`,
  run: async (args, io) => {
    const values = readOptions(args, { ...folderOptions, json: { type: 'boolean', default: false } })
    const dataDir = dataDirOf(values.data)
    // Much can be said without the passphrase: it is not asked for, but taken where it is given.
    const given = isProtected(dataDir) && values['passphrase-file'] !== undefined
    const before = keyFileId(dataDir)
    const { key } = given ? await folderOf(values, io) : { key: null }
    const disk = await diskEncryption(dataDir, process.platform, runQuietly)
    const findings = diagnose(dataDir, { disk, key, keyPutBack: given && keyFileId(dataDir) !== before })
    const healthy = isHealthy(findings)
    if (values.json) io.out(JSON.stringify({ healthy, findings }))
    else for (const finding of findings) tell(finding, io.out)
    return healthy ? 0 : 1
  },
}

/** Which key file a folder has; null where it is gone or cannot be read. */
function keyFileId(dataDir: string): string | null {
  try {
    return readKeyFile(join(dataDir, KEY_FILE)).id
  } catch {
    return null
  }
}

function tell({ level, message, waysOut }: Finding, out: (line: string) => void): void {
  out(`${signs[level]}${message}`)
  for (const { action, loses } of waysOut) out(`          - ${action}\n            ${loses}`)
}
