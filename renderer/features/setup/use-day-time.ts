import { formatTimeOfDay } from '../../ui/format.ts'

/** Writes times of the exam's day, each once: a timetable shows the same few hundred times thousands of times over. */
export function useDayTime(): (second: number) => string {
  const written = new Map<number, string>()
  return (second) => {
    const text = written.get(second) ?? formatTimeOfDay(second)
    written.set(second, text)
    return text
  }
}
