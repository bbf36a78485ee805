import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Wav {
  bytes: number
  encoding: number
  channels: number
  sampleRate: number
  bits: number
  samples: number[]
}

function readWav(name: string): Wav {
  const file = readFileSync(fileURLToPath(new URL(`../../resources/sounds/${name}.wav`, import.meta.url)))
  expect(file.toString('ascii', 0, 4) + file.toString('ascii', 8, 16)).toBe('RIFFWAVEfmt ')
  const length = file.readUInt32LE(40)
  expect(length).toBe(file.length - 44)
  return {
    bytes: file.length,
    encoding: file.readUInt16LE(20),
    channels: file.readUInt16LE(22),
    sampleRate: file.readUInt32LE(24),
    bits: file.readUInt16LE(34),
    samples: Array.from({ length: length / 2 }, (_, i) => file.readInt16LE(44 + i * 2) / 32_768),
  }
}

/** How often the wave crosses zero each second between two fractions of its length: rises with its pitch. */
function crossings({ samples, sampleRate }: Wav, from: number, to: number): number {
  const part = samples.slice(samples.length * from, samples.length * to)
  const count = part.filter((sample, i) => i > 0 && sample < 0 !== (part[i - 1] ?? 0) < 0).length
  return (count / part.length) * sampleRate
}

describe('the sounds of the station clock', () => {
  it.each(['start', 'warning', 'end'])('"%s" is short, gentle and neither begins nor ends with a click', (name) => {
    const wav = readWav(name)
    expect(wav).toMatchObject({ encoding: 1, channels: 1, sampleRate: 22_050, bits: 16 })
    expect(wav.bytes).toBeLessThan(60_000)
    const seconds = wav.samples.length / wav.sampleRate
    expect(seconds).toBeGreaterThanOrEqual(0.4)
    expect(seconds).toBeLessThanOrEqual(1.2)
    expect(Math.max(...wav.samples.map(Math.abs))).toBeCloseTo(0.6, 1)
    expect(Math.abs(wav.samples[0] ?? 1)).toBeLessThan(0.01)
    expect(Math.abs(wav.samples.at(-1) ?? 1)).toBeLessThan(0.01)
  })

  it('rises at the start, stays level for a warning and falls at the end', () => {
    const [start, warning, end] = [readWav('start'), readWav('warning'), readWav('end')]
    expect(crossings(start, 0.3, 0.6)).toBeGreaterThan(1.2 * crossings(start, 0, 0.2))
    expect(crossings(warning, 0.4, 0.7) / crossings(warning, 0, 0.3)).toBeCloseTo(1, 0)
    expect(crossings(end, 0.6, 0.9)).toBeLessThan(0.8 * crossings(end, 0, 0.18))
  })
})
