import { diskEncryption, runQuietly } from '#electron/files/disk-encryption.ts'
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
    const { key } = given ? await folderOf(values, io) : { key: null }
    const findings = diagnose(dataDir, await diskEncryption(dataDir, process.platform, runQuietly), key)
    const healthy = isHealthy(findings)
    if (values.json) io.out(JSON.stringify({ healthy, findings }))
    else for (const finding of findings) tell(finding, io.out)
    return healthy ? 0 : 1
  },
}

function tell({ level, message, waysOut }: Finding, out: (line: string) => void): void {
  out(`${signs[level]}${message}`)
  for (const { action, loses } of waysOut) out(`          - ${action}\n            ${loses}`)
}
