import { writeFileSync } from 'node:fs'

/**
 * Writes the three sounds of the station clock beside this file: `node resources/sounds/make-sounds.ts`.
 * They differ in rhythm and direction, not only in pitch, so that they are told apart through a door and by people who
 * hear high notes badly: start rises, the warning taps twice on one note, end falls.
 */

const SAMPLE_RATE = 22_050
const PEAK = 0.6

interface Strike {
  /** Seconds after the start of the sound. */
  at: number
  /** Fundamental, in hertz. */
  hertz: number
  /** Seconds until the fundamental has fallen to 1/e. */
  decay: number
}

/** Frequency ratio, loudness and relative decay of a soft bell's partials: few and low, so that nothing is shrill. */
const PARTIALS = [
  { ratio: 0.5, level: 0.25, decay: 1.2 },
  { ratio: 1, level: 1, decay: 1 },
  { ratio: 2, level: 0.35, decay: 0.6 },
  { ratio: 3.01, level: 0.12, decay: 0.35 },
]

const SOUNDS: Record<string, { seconds: number; strikes: Strike[] }> = {
  start: {
    seconds: 1,
    strikes: [
      { at: 0, hertz: 523.25, decay: 0.28 },
      { at: 0.2, hertz: 783.99, decay: 0.32 },
    ],
  },
  warning: {
    seconds: 0.6,
    strikes: [
      { at: 0, hertz: 659.26, decay: 0.09 },
      { at: 0.24, hertz: 659.26, decay: 0.12 },
    ],
  },
  end: {
    seconds: 1.2,
    strikes: [
      { at: 0, hertz: 783.99, decay: 0.25 },
      { at: 0.22, hertz: 587.33, decay: 0.28 },
      { at: 0.44, hertz: 392, decay: 0.36 },
    ],
  },
}

const FADE_IN_SECONDS = 0.008
const FADE_OUT_SECONDS = 0.08

function strikeAt(strike: Strike, time: number): number {
  const age = time - strike.at
  if (age < 0) return 0
  const attack = Math.min(1, age / FADE_IN_SECONDS)
  return (
    PARTIALS.reduce(
      (sum, { ratio, level, decay }) =>
        sum + level * Math.exp(-age / (strike.decay * decay)) * Math.sin(2 * Math.PI * strike.hertz * ratio * age),
      0,
    ) * attack
  )
}

/** Samples between −1 and 1 whose loudest one reaches PEAK, faded to silence at the end. */
function render(seconds: number, strikes: Strike[]): number[] {
  const raw = Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => {
    const time = i / SAMPLE_RATE
    const fade = Math.min(1, (seconds - time) / FADE_OUT_SECONDS)
    return fade * strikes.reduce((sum, strike) => sum + strikeAt(strike, time), 0)
  })
  const loudest = raw.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)
  return raw.map((sample) => (sample / loudest) * PEAK)
}

/** A RIFF/WAVE file: PCM, 16 bits, one channel. */
function wav(samples: number[]): Buffer {
  const file = Buffer.alloc(44 + samples.length * 2)
  file.write('RIFF', 0, 'ascii')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'ascii')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(SAMPLE_RATE, 24)
  file.writeUInt32LE(SAMPLE_RATE * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'ascii')
  file.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, i) => file.writeInt16LE(Math.round(sample * 32_767), 44 + i * 2))
  return file
}

for (const [name, { seconds, strikes }] of Object.entries(SOUNDS)) {
  writeFileSync(new URL(`./${name}.wav`, import.meta.url), wav(render(seconds, strikes)))
}
