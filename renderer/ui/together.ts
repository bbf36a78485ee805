/** One end of several things that go on. */
export const together =
  (...ends: readonly (() => void)[]): (() => void) =>
  () => {
    for (const end of ends) end()
  }
