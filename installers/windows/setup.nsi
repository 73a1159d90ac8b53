; The setup program for one user, who need not be an administrator.
; Compiled by packing/nsis.py, which gives NAME, VERSION, PUBLISHER, SUMMARY, PROGRAM, IDENTITY, ENDING,
; KIND (what Windows calls a file with that ending), OLDEST_BUILD, ICON, OUT, SIZE and LISTS: the folder with what is listed for it (files, registry).

Target amd64-unicode
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!define SHORTCUT "$SMPROGRAMS\${NAME}.lnk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PROGRAM}"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" "InstallFolder"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=2057 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "FileDescription" "${NAME}: setup"
VIAddVersionKey /LANG=2057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=2057 "LegalCopyright" "${PUBLISHER}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEPAGE_TITLE "${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "${SUMMARY}.$\r$\n$\r$\nIt is installed for you alone. Nobody else's settings on this computer change, and you need not be an administrator. Your desks are not touched.$\r$\n$\r$\nChoose Install to go on."
!define MUI_FINISHPAGE_TITLE "${NAME} is installed"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Start ${NAME} now"
!define MUI_UNTEXT_UNINSTALLING_TITLE "Removing ${NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!ifdef SIGN
  !uninstfinalize `${SIGN}` = 0
!endif

; Exit statuses of a silent run, besides NSIS's own 1 (stopped by the user) and 2 (failed):
!define IS_OLDER 3     ; a newer version is there
!define IS_OPEN 4      ; the program is running
!define IS_FOR_ALL 5   ; it is installed for every user of this computer
!define TOO_OLD 6      ; this Windows is

; Stops unless the program of the folder in INSTDIR can be written, which it cannot while it runs.
!macro MustNotRun un
  Function ${un}MustNotRun
    again:
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}.exe"
      ClearErrors
      FileOpen $0 "$INSTDIR\${PROGRAM}.exe" a
      ${If} ${Errors}
        MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "${NAME} is open. Please close it first, then choose Retry." /SD IDCANCEL IDRETRY again
        SetErrorLevel ${IS_OPEN}
        Quit
      ${EndIf}
      FileClose $0
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro MustNotRun ""
!insertmacro MustNotRun "un."

Function .onInit
  SetShellVarContext current
  SetRegView 64
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONINFORMATION "${NAME} needs Windows 10 version 1809 or later." /SD IDOK
    SetErrorLevel ${TOO_OLD}
    Quit
  ${EndIf}
  ReadRegStr $0 HKLM "Software\${NAME}" "InstallFolder"
  ${If} $0 != ""
    MessageBox MB_OK|MB_ICONINFORMATION "${NAME} is installed for everybody on this computer already: you find it in the Start menu. For another version, ask your council's IT." /SD IDOK
    SetErrorLevel ${IS_FOR_ALL}
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "Software\${NAME}" "Version"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONINFORMATION "A newer version of ${NAME}, $0, is installed already. To go back to ${VERSION}, remove the newer one first, in Settings, Apps." /SD IDOK
      SetErrorLevel ${IS_OLDER}
      Quit
    ${EndIf}
  ${EndIf}
  Call MustNotRun
FunctionEnd

; Says in the shortcut by what name the taskbar knows the program's windows, which say the same: so
; they and what is pinned are one button.  Where Windows will not have it, the shortcut is as before.
Function NameShortcut
  StrCpy $0 0
  StrCpy $1 0
  StrCpy $2 0
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}",${STGM_READWRITE})'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*(&w128 "${IDENTITY}")p.r3'
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r4'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,p r3)p.r5'
        ${IPropertyStore::SetValue} $2 '($4,$5)'
        ${IPropertyStore::Commit} $2 ""
        System::Free $5
        System::Free $4
        System::Free $3
        ${IUnknown::Release} $2 ""
        ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

Section
  ; What the version before brought along goes by its own list, so that nothing of it stays.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
    Delete "$INSTDIR\uninstall.exe"
  ${EndIf}
  ClearErrors
  !include "${LISTS}\install.nsh"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "Not every file could be written to $INSTDIR. Please look whether the disk is full, then run this again." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "${SHORTCUT}" "$INSTDIR\${PROGRAM}.exe" "" "" "" "" "" "${SUMMARY}"
  Call NameShortcut
  ClearErrors
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "Comments" "${SUMMARY}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Function un.onInit
  SetShellVarContext current
  SetRegView 64
  Call un.MustNotRun
FunctionEnd

; Only what was installed is removed, file by file: a desk that somebody keeps there stays.
Section Uninstall
  !include "${LISTS}\remove.nsh"
  Delete "${SHORTCUT}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${NAME}"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\${PROGRAM}.exe"
  DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
  DeleteRegValue HKCU "Software\Classes\${ENDING}\OpenWithProgids" "${KIND}"
  ReadRegStr $0 HKCU "Software\Classes\${ENDING}" ""
  ${If} $0 == "${KIND}"  ; unless another program has taken it over
    DeleteRegKey HKCU "Software\Classes\${ENDING}"
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${un.RefreshShellIcons}
SectionEnd
