import { useI18n } from 'vue-i18n'
import type { Input } from '#shared/contract/contract.ts'
import type { EventId } from '#shared/domain/ids.ts'

type Named = { eventId: EventId; name: string; value: string }

/** Says of an incident that is not on disk what it says, so that it can be copied to paper. */
export function useIncidentWords(): (incident: Input<'incident.record'>) => Named {
  const { t } = useI18n()
  return ({ eventId, kind, text }) => ({ eventId, name: t(`examiner.incident.kinds.${kind}`), value: text })
}
