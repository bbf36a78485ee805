import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import { z } from 'zod'

const rectangleSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
const windowStateSchema = z.object({ bounds: rectangleSchema, maximized: z.boolean() })

export type WindowState = z.infer<typeof windowStateSchema>

/** Holds the scoring screen of 1280 by 800 with a title bar and a menu. */
const USUAL_SIZE = { width: 1280, height: 860 }

/** What must be seen of a window to take hold of it, in pixels. */
const GRIP = 100
const DEBOUNCE_MS = 500

/** What was remembered; null where nothing was, or nothing that makes sense. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/**
 * Where to open the first window: where it was, unless the display it was on is gone; else in the middle at its usual
 * size. `workAreas` are those of the displays, the primary one first.
 */
export function placeWindow(state: WindowState | null, workAreas: readonly Rectangle[]): Partial<Rectangle> {
  const home = workAreas.find((area) => state && overlap(state.bounds, area))
  if (state && home) return { ...state.bounds, ...fit(state.bounds, home) }
  return fit(state?.bounds ?? USUAL_SIZE, workAreas[0])
}

const fit = ({ width, height }: Pick<Rectangle, 'width' | 'height'>, area: Rectangle | undefined) => ({
  width: Math.min(width, area?.width ?? width),
  height: Math.min(height, area?.height ?? height),
})

function overlap(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  // The title bar is what one drags.
  const titleShows = window.y >= area.y && window.y <= area.y + area.height - GRIP
  return width >= GRIP && titleShows
}

/** The part of a window that is remembered. */
export type PlacedWindow = {
  getNormalBounds(): Rectangle
  isMaximized(): boolean
  on(event: 'resize' | 'move' | 'close', listener: () => void): unknown
}

/** Writes the window's place half a second after it last moved, and at once when it closes. */
export function rememberWindow(window: PlacedWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined
  const write = () => {
    clearTimeout(timer)
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(file, JSON.stringify(state))
    } catch {
      // The place of a window is a comfort: a full disk is reported where marks are written.
    }
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(write, DEBOUNCE_MS)
  }
  window.on('resize', later)
  window.on('move', later)
  window.on('close', write)
}
