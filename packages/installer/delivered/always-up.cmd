@echo off
rem For the Task Scheduler: starts the connector where it does not run, never a second one, and not while
rem "tp-manager stop --hold" holds it.
rem Without call, which would read a percent sign in the path as a variable: launch.cmd takes over, and its status is this one's.
"%~dp0launch.cmd" --unless-held
