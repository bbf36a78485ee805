import { EventEmitter } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { placeWindow, readWindowState, rememberWindow } from '#electron/main/window-state.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const laptop = { x: 0, y: 0, width: 1440, height: 900 }
const beside = { x: 1440, y: 0, width: 1920, height: 1080 }
const at = (x: number, y: number, width = 1300, height = 800) => ({
  bounds: { x, y, width, height },
  maximized: false,
})

describe('where the first window opens', () => {
  it('is where it was', () => {
    expect(placeWindow(at(1500, 40), [laptop, beside])).toEqual({ x: 1500, y: 40, width: 1300, height: 800 })
  })

  it('is the middle, at its size, when its display is gone', () => {
    expect(placeWindow(at(1500, 40), [laptop])).toEqual({ width: 1300, height: 800 })
  })

  it('is the middle when its title bar could not be reached', () => {
    expect(placeWindow(at(100, -300), [laptop])).toEqual({ width: 1300, height: 800 })
    expect(placeWindow(at(100, 880), [laptop])).toEqual({ width: 1300, height: 800 })
    expect(placeWindow(at(1400, 10), [laptop])).toEqual({ width: 1300, height: 800 })
  })

  it('is never larger than the display', () => {
    expect(placeWindow(at(0, 0, 3000, 2000), [laptop])).toEqual({ x: 0, y: 0, width: 1440, height: 900 })
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({ width: 1024, height: 700 })
  })

  it('has room for the scoring screen where nothing is remembered', () => {
    const { width = 0, height = 0 } = placeWindow(null, [laptop])
    expect(width).toBeGreaterThanOrEqual(1280)
    expect(height).toBeGreaterThanOrEqual(800)
  })
})

describe('what is remembered', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  class FakeWindow extends EventEmitter {
    place = at(10, 20)
    getNormalBounds = () => this.place.bounds
    isMaximized = () => this.place.maximized
  }

  it('is written once the window rests', () => {
    const file = join(tempDir(), 'window.json')
    const window = new FakeWindow()
    rememberWindow(window, file)
    window.emit('move')
    vi.advanceTimersByTime(300)
    window.place = at(30, 40)
    window.emit('resize')
    vi.advanceTimersByTime(300)
    expect(existsSync(file)).toBe(false)
    vi.advanceTimersByTime(300)
    expect(readWindowState(file)).toEqual(at(30, 40))
  })

  it('is written at once when the window closes', () => {
    const file = join(tempDir(), 'window.json')
    const window = new FakeWindow()
    rememberWindow(window, file)
    window.place = { ...at(5, 6), maximized: true }
    window.emit('close')
    expect(readWindowState(file)).toEqual({ ...at(5, 6), maximized: true })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('may fail to be written without any harm', () => {
    const window = new FakeWindow()
    rememberWindow(window, join(tempDir(), 'gone', 'window.json'))
    expect(() => window.emit('close')).not.toThrow()
  })

  it.each(['', '{"bounds":', '[]', '{"bounds":{"x":0,"y":0,"width":-1,"height":5},"maximized":false}'])(
    'is nothing when the file holds %j',
    (text) => {
      const file = join(tempDir(), 'window.json')
      writeFileSync(file, text)
      expect(readWindowState(file)).toBeNull()
    },
  )

  it('is nothing when there is no file', () => {
    expect(readWindowState(join(tempDir(), 'window.json'))).toBeNull()
  })
})
