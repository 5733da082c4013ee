@echo off
rem For the Task Scheduler: starts the connector where it does not run, never a second one, and not while
rem "tp-manager stop --hold" holds it.
call "%~dp0launch.cmd" --unless-held
exit /b %errorlevel%
