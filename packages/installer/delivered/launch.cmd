@echo off
rem Starts the connector in the background, keeps it up, and says whether it could be started.
rem   launch.cmd                 start it; the end of "tp-manager stop --hold"
rem   launch.cmd --unless-held   start it where it does not run and is not held: what always-up.cmd does
rem   launch.cmd --foreground    stay here and keep it up, until it is stopped
setlocal
set "here=%~dp0"
set "bin=%here%hipay\ecr-connector\bin"
set "data=%bin%\data"
set "log=%data%\launch.log"
set "lock=%data%\launch.lock"
set "running=%data%\tp-manager.running.json"
set "program=%bin%\tp-manager.exe"
if not exist "%program%" set "program=%bin%\tp-manager.cmd"
rem Node of a checkout would take options from it; the executable does not heed it.
set "NODE_OPTIONS="
rem A payment under way: 180 s by default, 600 s at most, and a reserve.
set /a stop_limit_s=630
cd /d "%here%"

if not exist "%data%\" goto not_installed
if not exist "%bin%\keep-up.cmd" goto not_installed
if "%~1"=="--foreground" goto foreground
if "%~1"=="--unless-held" goto unless_held
if not "%~1"=="" goto usage

if exist "%data%\hold" del /q "%data%\hold"
rem The keeper takes the lock a moment after it was started.
set /a grace=5
call :is_serving
if errorlevel 1 goto bring_up
call :is_told_to_stop
if errorlevel 1 (
  echo tp-manager runs already.
  call :complain
  exit /b 0
)
echo tp-manager stops once what it has begun is over, such as a payment, and is started again then: %stop_limit_s% s at most.
rem What keeps it up ends with it. Another follows, also where nobody stays to see it.
set "TP_LAUNCH_FOLLOWS=yes"
call :start_keeper
call :until_stopped
rem It has to see that the other is gone first.
set /a grace=15
call :await
exit /b %errorlevel%

:bring_up
call :is_kept
if errorlevel 1 call :start_keeper
call :await
exit /b %errorlevel%

:unless_held
if exist "%data%\hold" exit /b 0
call :is_kept
if not errorlevel 1 exit /b 0
rem Where it runs without us, tp-manager itself says so and starts no second one.
call :start_keeper
exit /b 0

:not_installed
echo There is no installation beside "%~f0": "%data%" or "%bin%\keep-up.cmd" is missing. Run setup. 1>&2
exit /b 2

:usage
echo Usage: launch.cmd [--unless-held ^| --foreground] 1>&2
exit /b 2

rem ---- staying here and keeping it up

:foreground
if not defined TP_LAUNCH_FOLLOWS goto keep_up
call :until_stopped
rem Held meanwhile.
if exist "%data%\hold" exit /b 0
:keep_up
rem Without call, which would read a percent sign in the path as a variable: it takes over, and its status is this one's.
"%bin%\keep-up.cmd"

rem ---- starting it in the background

rem Where nobody has the lock, opening it works.
:is_kept
set "kept=yes"
call :try_lock 2>nul
if defined kept exit /b 0
exit /b 1

:try_lock
(set "kept=") 9>>"%lock%"
exit /b 0

rem Before it serves tills it says nothing of itself. To ask it all the same would have the journal read each time.
rem By a file: what is behind a pipe is another cmd.exe's, and reads the path a second time.
:is_serving
findstr /c:"port" "%running%" >nul 2>&1
if errorlevel 1 exit /b 1
set "answer=%data%\launch.%random%.json"
if exist "%bin%\tp-manager.exe" (
  "%program%" --json status >"%answer%" 2>nul
) else (
  call "%program%" --json status >"%answer%" 2>nul
)
findstr /c:"\"running\":true" /c:"\"running\": true" "%answer%" >nul 2>&1
set "found=%errorlevel%"
del /q "%answer%"
exit /b %found%

rem What config.yml says otherwise since it was started is complained of there.
:complain
if exist "%bin%\tp-manager.exe" (
  "%program%" status >nul
) else (
  call "%program%" status >nul
)
exit /b 0

rem As it says itself; one that was cut off may have left it behind.
:is_told_to_stop
if not exist "%running%" exit /b 1
findstr /c:"\"stopping\":true" "%running%" >nul 2>&1
exit /b %errorlevel%

rem Each second what it says of itself, and now and then whether it still answers: to ask takes the processor, in the midst of a payment.
:until_stopped
set /a waited=0
:until_stopped_again
call :is_told_to_stop
if errorlevel 1 exit /b 0
set /a waited+=1
if %waited% geq %stop_limit_s% exit /b 0
ping -n 2 127.0.0.1 >nul
set /a turn=waited %% 15
if %turn% neq 0 goto until_stopped_again
call :is_serving
if not errorlevel 1 goto until_stopped_again
exit /b 0

rem A hidden console of its own, which no one closes; the path goes by the environment, so that no quoting can break it.
:start_keeper
set "TP_LAUNCH=%~f0"
powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "Start-Process -WindowStyle Hidden -FilePath $env:ComSpec -ArgumentList ('/d /s /c \"\"' + $env:TP_LAUNCH + '\" --foreground\"')" 2>nul
if not errorlevel 1 exit /b 0
rem Where policies forbid PowerShell: a minimized window is better than no connector. We are in its folder: nothing needs quotes.
start "tp-manager" /min "%ComSpec%" /d /c .\launch.cmd --foreground
exit /b %errorlevel%

:await
set /a tries=0
:await_again
call :is_serving
if errorlevel 1 goto await_more
call :is_told_to_stop
if not errorlevel 1 goto await_more
echo tp-manager runs.
exit /b 0

:await_more
ping -n 2 127.0.0.1 >nul
set /a tries+=1
if %tries% leq %grace% goto await_again
call :is_kept
if errorlevel 1 goto not_started
if %tries% lss 20 goto await_again

:not_started
echo tp-manager could not be started. The last lines of "%log%": 1>&2
powershell.exe -NoProfile -NonInteractive -Command "Get-Content -LiteralPath $env:log -Tail 20" 1>&2
exit /b 1
