"""Of which syllables Korean names are made: surnames, and what given names are written with."""

from typing import Final

COMMON_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방"
    "공현함변염여추도석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호"
)
"""Surnames of one syllable, the most frequent first."""
FREQUENT_SURNAMES: Final = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도석설마길표연위"
)
"""Those of nearly everyone; the others need a label before them."""
DOUBLE_SURNAMES: Final = frozenset("남궁 황보 제갈 사공 선우 서문 독고 동방 망절 어금".split())
GIVEN: Final = frozenset(
    "가감강건걸겸결경계고곤관광교구국군권귀규균근금기길나낙난남내녀년노누늘다단달담대덕도돈동두득라란람랑래량려련렬령"
    "례로록롬롱룡루룬류륜률름리린림마만말매맹명모목묘무묵문미민바반방배백범법벽별병보복본봄봉분비빈빛사산삼상새"
    "샘샛서석선설섭성세소손솔솜송수숙순술숭슬승시식신실심쌍아안애야양언업엄여연열엽영예오옥온완왕외요용우욱운웅원"
    "월위유육윤율은음의이익인일임자장재전점정제조종주준중증지직진집찬창채천철초총추춘출충치칠타탁태택평표풍필하"
    "학한함해향헌혁현협형혜호홍화환황효후훈휘흠흥희힘"
)
"""What may stand in a given name."""
USUAL_GIVEN: Final = frozenset(
    "가감강건걸겸결경광교규균근기길나남늘다단담덕도동두라란람래린림명모무묵문미민배범별병보복봉빈상샘서석선섭성세소솔송"
    "수숙순슬승식신아안애양언연열엽영예오옥온완용우욱운웅원유윤율은음의이익인일임자재정제종주준중지진찬창채천철춘"
    "충치태택필하학한함해향헌혁현협형혜호홍화환효후훈휘흥희"
)
"""What most given names are made of; enough where no label stands beside the name."""
