import { shallowRef } from 'vue'
import { playSound, type Sound } from './sounds.ts'

/** A signal of the clock as it is seen: a new object each time, so that two alike are two. */
export type Flash = { kind: Sound; text: string }

const flash = shallowRef<Flash | null>(null)

/**
 * Gives a signal to ear and eye at once: the sound at `volume` (0 to 1), and the flash that stands in AppOverlays.vue
 * with its words. At volume 0 the flash remains.
 */
function give(kind: Sound, text: string, volume: number): void {
  flash.value = { kind, text }
  playSound(kind, volume)
}

export const useSignals = () => ({ flash, give })
