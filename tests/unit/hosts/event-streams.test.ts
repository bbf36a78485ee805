import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEventHub } from '#electron/base/event-hub.ts'
import { createEventStreams } from '#electron/web/event-streams.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

class FakeResponse extends EventEmitter {
  written: string[] = []
  writableLength = 0
  writeHead = vi.fn()
  destroy = vi.fn(() => this.emit('close'))
  end = vi.fn(() => this.emit('close'))
  write = (text: string) => this.written.push(text)
}

function host() {
  const events = createEventHub(() => null)
  const forgetClient = vi.fn()
  const streams = createEventStreams({ events, forgetClient }, { heartbeatMs: 15_000, absenceMs: 60_000 })
  const open = (clientId = 'tab-1') => {
    const response = new FakeResponse()
    streams.open(clientId, response as unknown as ServerResponse)
    return response
  }
  return { events, forgetClient, streams, open }
}

it('a stream that is open is kept alive by a comment every fifteen seconds', () => {
  const response = host().open()
  vi.advanceTimersByTime(45_000)
  expect(response.written).toEqual([': open\n\n', ':\n\n', ':\n\n', ':\n\n'])
})

it('a tab is never forgotten while its stream is open', () => {
  const { open, forgetClient } = host()
  open()
  vi.advanceTimersByTime(3_600_000)
  expect(forgetClient).not.toHaveBeenCalled()
})

it('a tab that is gone is forgotten after a minute, and not before', () => {
  const { open, forgetClient } = host()
  open().emit('close')
  vi.advanceTimersByTime(59_999)
  expect(forgetClient).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(forgetClient).toHaveBeenCalledExactlyOnceWith('tab-1')
})

it('a tab that is loaded again, or calls, within the minute is still known', () => {
  const { open, streams, forgetClient } = host()
  open().emit('close')
  vi.advanceTimersByTime(50_000)
  streams.seen('tab-1')
  vi.advanceTimersByTime(50_000)
  open()
  vi.advanceTimersByTime(3_600_000)
  expect(forgetClient).not.toHaveBeenCalled()
})

it('a tab with two streams is there until both are gone', () => {
  const { open, forgetClient } = host()
  const [first, second] = [open(), open()]
  first.emit('close')
  vi.advanceTimersByTime(120_000)
  expect(forgetClient).not.toHaveBeenCalled()
  second.emit('close')
  vi.advanceTimersByTime(60_000)
  expect(forgetClient).toHaveBeenCalledOnce()
})

it('a tab that calls and never listens is forgotten too', () => {
  const { streams, forgetClient } = host()
  streams.seen('tab-1')
  vi.advanceTimersByTime(60_000)
  expect(forgetClient).toHaveBeenCalledExactlyOnceWith('tab-1')
})

it('a closed stream is written to no more', () => {
  const { open, events } = host()
  const response = open()
  response.emit('close')
  events.publish('session.changed', {})
  vi.advanceTimersByTime(30_000)
  expect(response.written).toEqual([': open\n\n'])
})

it('a tab that reads nothing loses its stream before it fills the memory', () => {
  const { open, events } = host()
  const response = open()
  response.writableLength = 2 * 1024 * 1024
  events.publish('session.changed', {})
  expect(response.destroy).toHaveBeenCalledOnce()
})

it('nobody is forgotten once the host has closed: the services may be gone', () => {
  const { open, streams, forgetClient } = host()
  streams.seen('tab-2')
  const response = open()
  streams.closeAll()
  expect(response.end).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(3_600_000)
  expect(forgetClient).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
