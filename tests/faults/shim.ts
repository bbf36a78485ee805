import { join } from 'node:path'
import { provide, programOf, system } from './machine.ts'

/** Compiles one of `shims/` into a library for LD_PRELOAD; its file. Throws where there is no compiler. */
export function buildShim(name: 'fsync-lies' | 'fsync-fails', folder: string): string {
  if (!provide('gcc', () => programOf('gcc') !== undefined)) throw new Error('there is no C compiler (gcc)')
  const library = join(folder, `${name}.so`)
  system('gcc', '-shared', '-fPIC', '-O1', '-o', library, join(import.meta.dirname, 'shims', `${name}.c`), '-ldl')
  return library
}
