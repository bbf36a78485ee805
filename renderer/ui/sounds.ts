import endUrl from '#resources/sounds/end.wav?url'
import startUrl from '#resources/sounds/start.wav?url'
import warningUrl from '#resources/sounds/warning.wav?url'

export type Sound = 'start' | 'warning' | 'end'

const urls: Record<Sound, string> = { start: startUrl, warning: warningUrl, end: endUrl }
const players = new Map<Sound, HTMLAudioElement>()

/** Fetches the sounds ahead, so that the first one comes on time. */
export function readySounds(): void {
  for (const sound of Object.keys(urls) as Sound[]) player(sound)
}

/** Plays a sound at a volume from 0 (silent) to 1. A browser that does not let it sound leaves the flash. */
export function playSound(sound: Sound, volume: number): void {
  if (volume === 0) return
  const audio = player(sound)
  audio.volume = volume
  audio.currentTime = 0
  audio.play().catch(() => undefined)
}

function player(sound: Sound): HTMLAudioElement {
  let audio = players.get(sound)
  if (audio === undefined) {
    audio = new Audio(urls[sound])
    audio.preload = 'auto'
    players.set(sound, audio)
  }
  return audio
}
