import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Proof } from '#shared/contract/parts/audit.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'

/** What stands for the ledger of the exam whose results are shown; nothing where it cannot be read. */
export const useProofStore = defineStore('results-proof', () => {
  const proof = shallowRef<Proof | null>(null)
  let turn = 0

  async function load(examId: ExamId): Promise<void> {
    turn += 1
    const mine = turn
    const result = await call('ledger.proof', { examId })
    if (mine === turn && result.ok) proof.value = result.data
  }

  function teardown(): void {
    turn += 1
    proof.value = null
  }

  return { proof, load, teardown }
})
