import { afterEach, vi } from 'vitest'
import { useSignals } from '#renderer/ui/use-signals.ts'
import { useToasts } from '#renderer/ui/use-toasts.ts'

/** The files of these tests share one page: what a test leaves behind is nothing to the next. */
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  useToasts().toasts.splice(0)
  useSignals().flash.value = null
  localStorage.clear()
  sessionStorage.clear()
})
