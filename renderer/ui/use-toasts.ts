import { shallowReactive } from 'vue'

export type Toast = {
  id: number
  kind: 'done' | 'note' | 'failed'
  text: string
  /** Stays until somebody has read it, as what failed always does. */
  stays?: boolean
  /** One thing to do about it, such as taking it back. */
  action?: { label: string; run: () => void }
}

const SHOWN_MS = 6000

const toasts = shallowReactive<Toast[]>([])
let lastId = 0

function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id)
  if (index >= 0) toasts.splice(index, 1)
}

function show(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  const id = lastId
  toasts.push({ ...toast, id })
  if (toast.kind !== 'failed' && toast.stays !== true)
    setTimeout(() => {
      dismiss(id)
    }, SHOWN_MS)
  return id
}

/** Short notices at the edge of the screen, read out by screen readers. */
export const useToasts = () => ({ toasts, show, dismiss })
