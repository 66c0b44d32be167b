from foundation import uploads
from tests.access import LOGIN, Row
from tests.foundation import files


def upload(cast, audience):
    checked = uploads.checked(files.sent(files.picture(), "walk.jpg"))
    kept = uploads.upload_keep(checked, owner=cast.ambassador, audience=audience)
    return {"pk": kept.pk, "name": kept.name}


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("foundation:history-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
    Row("foundation:upload-show", (200, 200, 200, 200, 200, 200, 200), build=lambda cast: upload(cast, "public")),
    Row("foundation:upload-show", (404, 200, 200, 404, 404, 200, 200), build=lambda cast: upload(cast, "members")),
    Row("foundation:upload-show", (404, 200, 404, 404, 404, 200, 200), build=lambda cast: upload(cast, "staff")),
    Row("foundation:upload-show", (404, 200, 404, 404, 404, 404, 404), build=lambda cast: upload(cast, "holder")),
]
