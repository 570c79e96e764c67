"""Where the figures in the spending tables were read."""

from campaigns.rules.marks import Source

CAM_ORDER_2017 = Source(
    "Combined Authorities (Mayoral Elections) Order 2017, SI 2017/67, Sch 2",
    "https://legislation.gov.uk/uksi/2017/67/schedule/2/paragraph/1/made/data.html",
)
CAM_ORDER_2024 = Source(
    "SI 2024/131, by way of the note to SI 2024/428",
    "https://legislation.gov.uk/uksi/2024/428/note/made",
)
LA_MAYORS_2024 = Source(
    "SI 2024/428, reg 3 and note",
    "https://legislation.gov.uk/uksi/2024/428/regulation/3/made",
)
LIMITS_2014 = Source(
    "SI 2014/1870", "https://www.legislation.gov.uk/uksi/2014/1870/made/data.html"
)
LOCAL_2021 = Source(
    "SI 2020/1634, as told by ALDC (March 2021) and Warwick District Council (2021)"
)
COMMISSION_LOCAL = Source(
    "Electoral Commission, local elections in England: how much can you spend",
    "https://www.electoralcommission.org.uk/guidance-candidates-and-agents-local-"
    "government-elections-england/candidate-spending/how-much-can-you-spend",
)
SECTION_76 = Source(
    "Representation of the People Act 1983, s.76",
    "https://legislation.gov.uk/ukpga/1983/2/section/76/data.html",
)
SCOTTISH_LOCAL_2005 = Source(
    "SSI 2005/102", "https://www.legislation.gov.uk/ssi/2005/102/made/data.html"
)
WEST_LOTHIAN_2022 = Source(
    "West Lothian Council, 2022",
    "https://www.westlothian.gov.uk/article/72001/Electoral-Commission-Guidance",
)
NI_ACT_1962 = Source(
    "Electoral Law Act (Northern Ireland) 1962, s.42",
    "http://www.legislation.gov.uk/apni/1962/14/section/42?view=plain",
)
HOUNSLOW_2024 = Source(
    "London Borough of Hounslow, UK parliamentary general election 2024",
    "https://hounslow.gov.uk/info/20043/elections_and_voting/2458/"
    "uk_parliamentary_general_election_2024/5",
)
IFG_2024 = Source(
    "Institute for Government, 19 February 2024",
    "https://www.einpresswire.com/article/689679521/"
    "how-is-election-spending-regulated-in-the-uk",
)
ERSKINE_MAY = Source(
    "Erskine May, election campaigns",
    "https://erskinemay.parliament.uk/section/4913/election-campaigns/",
)
UPRATING_2023 = Source(
    "SI 2023/1235, note (the percentage only)",
    "https://legislation.gov.uk/uksi/2023/1235/note/made",
)
LONDON_ELECTS = Source(
    "London Elects, campaign spending and expenses",
    "https://londonelects.org.uk/im-candidate/campaign-spending-and-expenses",
)
SCOTTISH_PARLIAMENT_2015 = Source(
    "SSI 2015/425, art 42",
    "http://www.legislation.gov.uk/ssi/2015/425/article/42/data.xht",
)
SENEDD_2026 = Source(
    "Welsh Government, written statement on expenditure limits",
    "https://gov.wales/written-statement-campaign-expenditure-limits-senedd-elections",
)
NIA_2011 = Source(
    "Northern Ireland Assembly elections 2011, slides for candidates",
    "https://cdn.slideserve.com/salaam/northern-ireland-assembly-and-local-"
    "government-elections",
)
PCC_ORDER_2012 = Source(
    "Police and Crime Commissioner Elections Order 2012, art 35",
    "https://legislation.gov.uk/cy/uksi/2012/1917/article/35/made",
)
PCC_ORDER_2023 = Source("SI 2023/1227, read in its first two rows only")
NOT_READ = Source("Not read")
