import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'

/** Whether a path, given whole, names a folder that can be written to. */
export function isUsableFolder(path: string): boolean {
  try {
    if (!isAbsolute(path) || !statSync(path).isDirectory()) return false
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
