import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new folder that is gone when the test is. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'attune-test-'))
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  })
  return dir
}

/** A folder in which nobody may write, not even root: one of the kernel's on Linux, else one without the right. */
export const unwritableDir = (): string => (process.platform === 'linux' ? '/sys/kernel' : '/System')
