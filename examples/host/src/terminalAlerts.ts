import type { AlertSink } from '@venuekit/server-kit'

const time = () => new Date().toLocaleTimeString('en', { hour12: false })

/** Alerts in the demo's terminal, each with the command that the runbook names first. */
export const terminalAlerts = (print: (line: string) => void = line => console.error(line)): AlertSink => ({
  name: 'terminal',
  async send({ news, severity, text, command }) {
    print(
      news === 'resolved' ? `${time()}  ok: ${text}` : `${time()}  ${severity} alert: ${text}\n          ${command}`,
    )
  },
})
