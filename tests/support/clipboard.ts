import { vi } from 'vitest'

type Parts = Record<string, Blob>

/** A clipboard for components: what is put on it last, as plain text and as HTML. */
export function clipboard() {
  const write = vi.fn<(items: { parts: Parts }[]) => Promise<void>>(async () => undefined)
  vi.stubGlobal(
    'ClipboardItem',
    class {
      readonly parts: Parts
      constructor(parts: Parts) {
        this.parts = parts
      }
    },
  )
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ write } as unknown as Clipboard)
  const last = () => write.mock.lastCall?.[0][0]?.parts
  return {
    write,
    text: async (): Promise<string> => (await last()?.['text/plain']?.text()) ?? '',
    html: async (): Promise<string> => (await last()?.['text/html']?.text()) ?? '',
  }
}
