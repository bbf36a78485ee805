import { isSound } from '#electron/store/verify-ledger.ts'
import { openReader, openStore, type Store } from '#electron/store/store.ts'
import { laptop, seatedAnew, type TestLaptop } from './laptops.ts'

/** The newest backup of a laptop, made now, as the director chooses it in the list. */
export async function backup({
  director,
}: TestLaptop): Promise<{ place: 'data-folder' | 'second-folder'; name: string }> {
  await director('backup.create', {})
  const [made] = await director('backup.list', {})
  if (!made) throw new Error('no backup is listed')
  return { place: made.place, name: made.name }
}

export async function restored(at: TestLaptop, chosen: Awaited<ReturnType<typeof backup>>): Promise<TestLaptop> {
  await at.director('backup.restore', chosen)
  return seatedAnew(at)
}

export async function undone(at: TestLaptop): Promise<TestLaptop> {
  await at.director('backup.undoRestore', {})
  return seatedAnew(at)
}

export function read<T>({ dataDir }: TestLaptop, look: (reader: ReturnType<typeof openReader>) => T): T {
  const reader = openReader(dataDir)
  try {
    return look(reader)
  } finally {
    reader.close()
  }
}

export const soundAt = (at: TestLaptop): boolean => read(at, (reader) => isSound(reader.verify()))

/** The laptop after the store of its folder was changed while it was closed. */
export async function changed(at: TestLaptop, change: (store: Store) => void): Promise<TestLaptop> {
  await at.services.shutdown()
  const store = openStore({ dataDir: at.dataDir })
  change(store)
  store.close()
  return laptop({ dataDir: at.dataDir })
}
