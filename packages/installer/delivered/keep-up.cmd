@echo off
rem The part of launch.cmd that stays and keeps the connector up: launch.cmd --foreground goes on with it.
setlocal
set "bin=%~dp0"
set "data=%bin%data"
set "log=%data%\launch.log"
set "lock=%data%\launch.lock"
set "running=%data%\tp-manager.running.json"
set "program=%bin%tp-manager.exe"
if not exist "%program%" set "program=%bin%tp-manager.cmd"
rem Node of a checkout would take options from it; the executable does not heed it.
set "NODE_OPTIONS="
rem The files in data\logs have everything; what is wrong stands in launch.log too.
set "TP_MANAGER_CONSOLE=warn"
cd /d "%bin%..\..\.."
if not exist "%data%\" (
  echo There is no installation around "%~f0": "%data%" is missing. Run setup. 1>&2
  exit /b 2
)

set "result=0"
set /a tries=1
if defined TP_LAUNCH_FOLLOWS set /a tries=10
set "TP_LAUNCH_FOLLOWS="
:take_lock
set "has_kept="
call :with_lock 2>nul
if defined has_kept exit /b %result%
rem Another has it; the one that is followed is about to end.
set /a tries-=1
if %tries% leq 0 exit /b 0
ping -n 2 127.0.0.1 >nul
goto take_lock

rem A file that is open for writing cannot be opened so again: whoever has it keeps the service up, until its process ends.
:with_lock
(call :keep_up) 9>>"%lock%"
exit /b 0

:keep_up
set "has_kept=yes"
if exist "%log%" for %%F in ("%log%") do if %%~zF gtr 10000000 move /y "%log%" "%log%.1" >nul
call :keep >>"%log%" 2>&1
exit /b 0

:keep
set /a failures=0
:again
rem call would read a percent sign in the path as a variable; only the script of a checkout needs it.
if exist "%bin%tp-manager.exe" goto run_executable
call "%program%"
goto ended
:run_executable
"%program%"
:ended
set "status=%errorlevel%"
rem Stopped by itself, or by Ctrl-C and the end of the session (0xC000013A).
if "%status%"=="0" goto stopped
if "%status%"=="-1073741510" goto stopped
if "%status%"=="2" goto misconfigured
if exist "%data%\hold" goto held
rem What it left behind shows that it had served tills: it has crashed, which is not to say that it cannot start.
if not exist "%running%" goto failed
findstr /c:"port" "%running%" >nul 2>&1
if not errorlevel 1 set /a failures=0
del /q "%running%"
:failed
set /a failures+=1
set /a delay=60
if %failures% leq 7 set /a delay=15
if %failures% leq 6 set /a delay=5
if %failures% leq 5 set /a delay=1
call :say tp-manager ended with status %status%, failure %failures% in a row. Starting it again in %delay% s.
rem ping is the one program that waits without a console.
set /a pings=delay+1
ping -n %pings% 127.0.0.1 >nul
if exist "%data%\hold" goto held
goto again

:stopped
call :say tp-manager has stopped.
exit /b 0

:held
call :say tp-manager is held: it is not started again.
exit /b 0

:misconfigured
call :say tp-manager cannot start with this configuration, status 2. Mend what it says above, then run launch.cmd again.
set "result=2"
exit /b 0

:say
echo %date% %time% launch: %*
exit /b 0
