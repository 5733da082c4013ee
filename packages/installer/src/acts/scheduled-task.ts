/** As HiPay's documentation names the task. */
export const TASK_NAME = 'Desktop Connector';

/**
 * The documented task for the Task Scheduler: daily, repeated each 5 minutes, waking the computer, on battery too, for Windows 10,
 * whether the user is logged on or not; and a trigger at the start of the computer. S4U runs it so without a password being kept.
 * The usual priority of tasks, 7, is below that of other programs: 5 is theirs.
 */
export function scheduledTask(alwaysUp: string, user: string): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Starts the HiPay Desktop Connector where it does not run.</Description>
    <URI>\\${TASK_NAME}</URI>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger>
      <Enabled>true</Enabled>
    </BootTrigger>
    <CalendarTrigger>
      <Repetition>
        <Interval>PT5M</Interval>
        <Duration>P1D</Duration>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xml(user)}</UserId>
      <LogonType>S4U</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>true</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>5</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xml(alwaysUp)}</Command>
    </Exec>
  </Actions>
</Task>
`.replaceAll('\n', '\r\n');
}

/** As the Task Scheduler reads files: UTF-16 with its mark. */
export function taskFile(alwaysUp: string, user: string): Uint8Array {
  return Buffer.from(`\uFEFF${scheduledTask(alwaysUp, user)}`, 'utf16le');
}

/** Whether a task, as `schtasks /query /xml` shows it, is the one of this installation. */
export function isTaskOf(shown: string, alwaysUp: string): boolean {
  return shown.toLowerCase().includes(`<command>${xml(alwaysUp)}</command>`.toLowerCase());
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
