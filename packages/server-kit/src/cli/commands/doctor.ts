import { Option } from '@commander-js/extra-typings'
import type { CheckLevel } from '../../doctor/check.ts'
import { checks } from '../../doctor/checks.ts'
import type { Diagnosis, DoctorReport } from '../../doctor/diagnose.ts'
import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { count } from '../words.ts'

const colours: Record<CheckLevel, 'green' | 'yellow' | 'red' | 'dim'> = {
  ok: 'green',
  warning: 'yellow',
  problem: 'red',
  skipped: 'dim',
}

const conclusion = (diagnoses: readonly Diagnosis[], paint: Canvas['paint']): string => {
  const amount = (level: CheckLevel) => diagnoses.filter(each => each.level === level).length
  const [problems, warnings] = [amount('problem'), amount('warning')]
  if (problems + warnings === 0) return paint('green', 'All is well.')
  return paint(problems > 0 ? 'red' : 'yellow', `${count(problems, 'problem')}, ${count(warnings, 'warning')}.`)
}

const view = ({ diagnoses }: DoctorReport, { paint, table }: Canvas): string => {
  const rows = table<Diagnosis>(
    [
      { title: 'Check', value: ({ check }) => check },
      { title: 'Level', value: ({ level }) => level, colour: ({ level }) => colours[level] },
      {
        title: 'What, and what to do',
        value: ({ says, mend }) => (mend === null ? says : `${says} To mend it: ${mend}.`),
        wraps: true,
      },
    ],
    diagnoses,
  )
  return `${rows}\n\n${conclusion(diagnoses, paint)}`
}

const checkNames = checks.map(({ name }) => name)

/** `venuekit doctor` */
export const addDoctor: AddCommand = (program, cli) => {
  program
    .command('doctor')
    .description('look at database, gateway and machine for what would make the host fail; changes nothing')
    .addOption(new Option('--only <checks...>', 'these checks alone').choices(checkNames))
    .action(async ({ only }) => {
      const report = await cli.withKit(({ kit }) => kit.diagnose(only ? { only } : {}), { fittingSchema: false })
      cli.answer(report, view)
      cli.found(report.level === 'problem')
    })
}
