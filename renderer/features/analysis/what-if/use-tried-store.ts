import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { ExamId } from '#shared/domain/ids.ts'
import type { StandardInForce } from '#shared/domain/standard.ts'
import { firstForm, type ScenarioForm } from './scenario-form.ts'

/** What was typed to be tried, for each exam: it stands when the director comes back from another screen. */
export const useTriedStore = defineStore('tried', () => {
  const forms = reactive(new Map<ExamId, ScenarioForm>())

  function formOf(examId: ExamId, standard: StandardInForce): ScenarioForm {
    if (!forms.has(examId)) forms.set(examId, firstForm(standard))
    return forms.get(examId) ?? firstForm(standard)
  }

  return { formOf }
})
