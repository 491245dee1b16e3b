#!/usr/bin/env bash
# Asks the registry what a desk officer asks after reading a press report of 24 September 2022: an informal meeting of
# the foreign ministers of CICA on the margins of the General Assembly, and a meeting of the ministers of the CSTO.
#
#   docs/tour/press-report.sh [address]      the address of a registry with the default catalogue
set -euo pipefail
registry=${1:-http://localhost:5080}

ask() { # question, path
  printf '\n# %s\nGET /v1/%s\n' "$1" "$2"
  curl --silent --show-error --fail --globoff "$registry/v1/$2"
  printf '\n'
}

meeting=meetings/cica-informal-ministerial-2022-09

ask 'What was on the agenda of the informal ministerial meeting?' "$meeting/agenda"
ask 'When and where was it held, and on the margins of what?' "$meeting"
ask 'What is that?' 'meetings/unga-77'
ask 'Who chaired, with which title that day?' "$meeting/chair"
ask 'What did the meeting do?' "$meeting/outcomes"
ask 'Which documents were discussed there?' 'documents?discussedAt=cica-informal-ministerial-2022-09'
ask 'Which of them did the sixth Summit adopt?' \
  'documents?discussedAt=cica-informal-ministerial-2022-09&adoptedAt=cica-summit-6'
ask 'Who headed the CICA Secretariat on 22 September 2022?' 'posts/cica.secretariat.head/holders?on=2022-09-22'
ask 'And on 14 October 2022?' 'posts/cica.secretariat.head/holders?on=2022-10-14'
ask 'Who represented each member of CICA?' "$meeting/delegations"
ask 'What did the ministers of the CSTO discuss?' 'meetings/csto-foreign-ministers-2022-09/outcomes'
ask 'Which outcomes spoke of the United Nations?' 'outcomes?mentions=UN'
ask 'Who chaired CICA on 23 September 2020?' 'forums/CICA/chairmanships?on=2020-09-23'
ask 'And on 25 September 2020?' 'forums/CICA/chairmanships?on=2020-09-25'
