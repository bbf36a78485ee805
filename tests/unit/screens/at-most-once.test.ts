import { expect, test, vi } from 'vitest'
import { atMostOncePer } from '#renderer/ui/at-most-once.ts'

test('work is done once in each pause, whatever is asked, and never after its end', async () => {
  vi.useFakeTimers()
  try {
    const work = vi.fn(() => Promise.resolve())
    const { ask, end } = atMostOncePer(1000, work)
    for (let ms = 0; ms < 5000; ms += 50) {
      ask()
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(work.mock.calls.length).toBeGreaterThanOrEqual(4)
    expect(work.mock.calls.length).toBeLessThanOrEqual(5)
    ask()
    end()
    const done = work.mock.calls.length
    await vi.advanceTimersByTimeAsync(5000)
    expect(work).toHaveBeenCalledTimes(done)
  } finally {
    vi.useRealTimers()
  }
})

test('work that takes long is not started twice at once, and what was asked meanwhile follows', async () => {
  vi.useFakeTimers()
  try {
    let running = 0
    let most = 0
    const work = vi.fn(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 3000))
      running -= 1
    })
    const { ask, end } = atMostOncePer(1000, work)
    ask()
    await vi.advanceTimersByTimeAsync(2000)
    ask()
    ask()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(most).toBe(1)
    expect(work).toHaveBeenCalledTimes(2)
    end()
  } finally {
    vi.useRealTimers()
  }
})
