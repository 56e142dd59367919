@echo off
rem Starts the command line; BRAIN_OPTS are options of the JVM, such as -Xmx4g.
setlocal
set "JAVA_COMMAND=java"
if defined JAVA_HOME set "JAVA_COMMAND=%JAVA_HOME%\bin\java"
if exist "%~dp0..\jre\bin\java.exe" set "JAVA_COMMAND=%~dp0..\jre\bin\java"
"%JAVA_COMMAND%" %BRAIN_OPTS% -jar "%~dp0..\brain.jar" %*
