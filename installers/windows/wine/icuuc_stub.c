/* What Qt asks of Windows' own icuuc.dll, which wine 8 lacks: enough for QtCore to load.

   For tests under wine only; never shipped, since every Windows that Qt 6 runs on has the
   real one.  It knows no code page, and says so, and Qt then goes on with those it knows
   itself.  Signatures after unicode/ucnv.h. */

#include <stdint.h>

#define EXPORTED __declspec(dllexport)
#define U_UNSUPPORTED_ERROR 16

typedef int32_t Status;

static void refuse(Status *status)
{
    if (status && *status <= 0)
        *status = U_UNSUPPORTED_ERROR;
}

EXPORTED void *ucnv_open(const char *name, Status *status)
{
    refuse(status);
    return 0;
}

EXPORTED void ucnv_close(void *converter) { }
EXPORTED void ucnv_reset(void *converter) { }
EXPORTED int8_t ucnv_getMaxCharSize(const void *converter) { return 1; }
EXPORTED int32_t ucnv_countAvailable(void) { return 0; }
EXPORTED const char *ucnv_getAvailableName(int32_t number) { return 0; }

EXPORTED const char *ucnv_getName(const void *converter, Status *status)
{
    refuse(status);
    return 0;
}

EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, Status *status)
{
    refuse(status);
    return 0;
}

EXPORTED void ucnv_getToUCallBack(const void *converter, void **action, const void **context) { }
EXPORTED void ucnv_getFromUCallBack(const void *converter, void **action, const void **context) { }

EXPORTED void ucnv_setToUCallBack(void *converter, void *action, const void *context,
                                  void **old, const void **old_context, Status *status)
{
    refuse(status);
}

EXPORTED void ucnv_setFromUCallBack(void *converter, void *action, const void *context,
                                    void **old, const void **old_context, Status *status)
{
    refuse(status);
}

EXPORTED void ucnv_cbToUWriteUChars(void *arguments, const uint16_t *source, int32_t length,
                                    int32_t offset, Status *status)
{
    refuse(status);
}

EXPORTED void ucnv_cbFromUWriteUChars(void *arguments, const uint16_t **source,
                                      const uint16_t *limit, int32_t offset, Status *status)
{
    refuse(status);
}

EXPORTED void ucnv_toUnicode(void *converter, uint16_t **target, const uint16_t *target_limit,
                             const char **source, const char *source_limit, int32_t *offsets,
                             int8_t flush, Status *status)
{
    refuse(status);
}

EXPORTED void ucnv_fromUnicode(void *converter, char **target, const char *target_limit,
                               const uint16_t **source, const uint16_t *source_limit,
                               int32_t *offsets, int8_t flush, Status *status)
{
    refuse(status);
}

EXPORTED int32_t ucnv_toUCountPending(const void *converter, Status *status)
{
    refuse(status);
    return -1;
}

EXPORTED int32_t ucnv_fromUCountPending(const void *converter, Status *status)
{
    refuse(status);
    return -1;
}

EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(const void *context, void *arguments,
                                              const uint16_t *units, int32_t length,
                                              int32_t code_point, int32_t reason, Status *status)
{
    refuse(status);
}

EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(const void *context, void *arguments,
                                            const char *units, int32_t length, int32_t reason,
                                            Status *status)
{
    refuse(status);
}
