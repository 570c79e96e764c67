"""Lists of plausible names, the commonest first: no one of them is a real elector."""

FORENAMES = {
    "english_m": """
        David John Paul James Andrew Mark Michael Stephen Christopher Robert Richard
        Matthew Daniel Thomas Peter Adam Simon Ian Jack Ryan Luke Joseph Benjamin Alan
        Graham Geoffrey Philip Keith Kevin Gary Lee Craig Darren Stuart Neil Nigel
        Raymond Derek Roy Trevor Ronald Samuel Oliver Harry George Charlie Liam Callum
        Jordan Nathan Connor Kieran Aaron Lewis Jake Dominic Martin Anthony Terence
        Clive Barry Leslie
    """,
    "english_f": """
        Sarah Susan Margaret Karen Julie Emma Claire Helen Jane Elizabeth Patricia
        Christine Linda Nicola Rebecca Laura Katherine Rachel Lisa Joanne Michelle
        Amanda Jacqueline Ann Mary Jean Dorothy Joan Sheila Pauline Maureen Brenda Carol
        Lynn Theresa Hannah Charlotte Jessica Amy Lucy Sophie Emily Chloë Bethany Megan
        Lauren Kirsty Gemma Stacey Kelly Tracey Debbie Beverley Gillian Zoë Renée
        Eleanor Grace Ruby
    """,
    "pakistani_m": """
        Mohammed Imran Asif Tariq Nadeem Shahid Khalid Zahid Amir Bilal Hamza Usman
        Adeel Faisal Kamran Naveed Rashid Sajid Waqas Yasir Zeeshan Hassan Ibrahim Omar
        Haroon Junaid Ahsan Saqib Shabir Javed
    """,
    "pakistani_f": """
        Nasreen Shazia Rukhsana Saima Ayesha Fatima Zainab Maryam Aisha Samina Nazia
        Shabana Sadia Farzana Rubina Naheed Tahira Uzma Bushra Kiran Hina Iqra Mehwish
        Noreen Parveen Rabia Sana Tasneem Zara Amna
    """,
    "bangladeshi_m": """
        Abdul Mohammed Shah Kamal Jamal Faruk Harun Rashed Selim Tareq Anwar Babul
        Jubair Kabir Mizan Nazmul Rafiq Sohel Shamim Tanvir
    """,
    "bangladeshi_f": """
        Rahima Nasima Shirin Salma Rina Taslima Fahmida Hasina Jahanara Khaleda Lutfa
        Mina Nargis Rokeya Sabina Shahnaz Sultana Tahmina Yasmin Rehana
    """,
    "indian_m": """
        Gurpreet Harjit Manjit Jaswinder Balbir Sukhdev Amrit Rajesh Sanjay Vijay Anil
        Ashok Dinesh Kuldip Baljit Ranjit Satnam Surinder Harpreet Jagdeep Mandeep Arjun
        Rohan Nikhil Kiran Paramjit Ravinder Mohan
    """,
    "indian_f": """
        Jaswinder Surinder Balbir Harjinder Kulwinder Manjit Gurpreet Amandeep Parminder
        Sukhjit Meena Sunita Anita Geeta Hema Kavita Nisha Pooja Priya Rekha Shanti Usha
        Simran Jasleen Navdeep Ravinder Satwant Harleen
    """,
    "irish_m": """
        Patrick Seán Brendan Declan Eamon Fergal Kevin Liam Michael Niall Padraig Conor
        Dermot Noel Gerard
    """,
    "irish_f": """
        Bridget Kathleen Siobhán Maeve Nuala Aoife Gráinne Mary Noreen Philomena Sinéad
        Una Róisín Eileen Bernadette
    """,
    "welsh_m": "Gareth Huw Rhys Dafydd Emyr Geraint Gwyn Ieuan Owain Alun",
    "welsh_f": "Siân Carys Rhian Bethan Nerys Angharad Ffion Gwenllian Lowri Menna",
    "polish_m": """
        Piotr Paweł Krzysztof Tomasz Łukasz Marcin Michał Grzegorz Jakub Andrzej Mateusz
        Wojciech Sławomir Rafał
    """,
    "polish_f": """
        Agnieszka Katarzyna Małgorzata Joanna Magdalena Ewa Beata Dorota Justyna Kinga
        Iwona Żaneta Aneta Urszula
    """,
    "romanian_m": """
        Andrei Ionuț Mihai Alexandru Cristian Bogdan Florin Gheorghe Vasile Ștefan
        Adrian Răzvan
    """,
    "romanian_f": """
        Elena Ioana Mihaela Andreea Cristina Daniela Gabriela Simona Alina Florentina
        Raluca Mădălina
    """,
    "nigerian_m": """
        Oluwaseun Babatunde Chukwuemeka Emeka Adebayo Kayode Obinna Olumide Tunde
        Ifeanyi Femi Kelechi Segun
    """,
    "nigerian_f": """
        Ngozi Folasade Chioma Adaeze Bukola Funmilayo Ifeoma Titilayo Yetunde Amaka Kemi
        Nkechi Temitope
    """,
    "caribbean_m": """
        Winston Delroy Leroy Everton Carlton Errol Clive Desmond Neville Marlon Jermaine
        Tyrone Lloyd Devon
    """,
    "caribbean_f": """
        Marcia Beverley Yvonne Sonia Paulette Claudette Hyacinth Lorna Merlene Shanice
        Jacinth Keisha Verona Cynthia
    """,
}

SURNAMES = {
    "pakistani": """
        Khan Hussain Ahmed Mahmood Akhtar Ali Begum Iqbal Bibi Malik Shah Mirza Chaudhry
        Raja Butt Qureshi Rafiq Aslam Bashir Sharif Sadiq Nawaz Yousaf Zaman Haider
        Ashraf Rehman Javaid Parveen Kausar
    """,
    "bangladeshi": """
        Miah Uddin Begum Islam Rahman Choudhury Hoque Khatun Alam Hossain Bibi Karim
        Sarkar Talukdar Mollah
    """,
    "indian": """
        Patel Sharma Gill Sandhu Dhillon Sidhu Grewal Bains Mann Chahal Johal Atwal
        Cheema Dhaliwal Purewal Rai Samra Uppal Kumar Mistry Desai Joshi Mehta Parmar
        Chauhan Solanki Lal Ram Bhogal Sahota Virdee
    """,
    "irish": """
        Murphy Kelly Byrne Ryan Gallagher Doherty Kennedy Lynch Murray Quinn Moore
        McCarthy O'Connor O'Brien O'Sullivan McLoughlin Nolan Brennan Burke Fitzgerald
        Dolan Keane Maguire Tierney
    """,
    "welsh": """
        Jones Davies Williams Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards
        Owen Price Rees Prosser Pugh
    """,
    "polish": """
        Nowak Kowalski Wiśniewski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski
        Kozłowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wróbel
        Jabłoński Stępień
    """,
    "romanian": """
        Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghiu Matei Ciobanu Munteanu
        Rusu Ștefănescu Dinu Marin
    """,
    "nigerian": """
        Okafor Adeyemi Okonkwo Balogun Adebayo Eze Ogunleye Nwosu Ojo Afolabi Obi
        Adeleke Onyekachi Bello Akinola
    """,
    "caribbean": """
        Campbell Brown Williams Gordon Clarke Francis Bailey Grant Reid Morrison Blake
        Henry Powell Samuels Barrett Dawkins Beckford Lindo Pinnock Cunningham
    """,
}

COMMON_ENGLISH = """
    Smith Jones Taylor Brown Williams Davies Evans Wilson Thomas Roberts Johnson
    Walker Wright Robinson Hall Green Wood Harris Cooper Turner Hill Clarke Baker
    Morris Cook Parker Webb Rogers Price Bennett
"""
FIRST_PARTS = """
    Ash Birch Black Brad Brom Cald Car Clay Cold Comb Cran Dar Den Dun East Elm Fair
    Farn Gar Glas Gold Grim Hal Ham Har Hart Hath Hawk Hol Horn Hux Ken Kim Lang Led
    Lin Lock Lud Mar Mel Mid Mil Nor Oak Old Pad Pen Pres Rad Red Rush Sand Shel Sil
    Stan Stock Sut Swin Tam Thorn Til Wal War Wat Wes Whit Wil Win Wool Wrex
"""
LAST_PARTS = """
    ley ford ton ham well worth wick man more field bury stone wood combe den by hurst
    croft land row
"""
SURNAMES["english"] = " ".join(
    [COMMON_ENGLISH]
    + [first + last for last in LAST_PARTS.split() for first in FIRST_PARTS.split()]
)

MIDDLE_NAMES = {
    "indian_m": "Singh",
    "indian_f": "Kaur",
    "pakistani_m": "Ali Hussain",
    "pakistani_f": "Begum Bibi",
    "bangladeshi_f": "Begum Khatun",
} | {
    f"{community}_{sex}": FORENAMES[f"english_{sex}"]
    for community in ("english", "irish", "welsh", "caribbean")
    for sex in "mf"
}

RESPELLINGS = """
    Mohammed/Mohammad Katherine/Catherine Stephen/Steven Geoffrey/Jeffrey Ann/Anne
    Sarah/Sara Lynn/Lynne Graham/Graeme Philip/Phillip Alan/Allan Theresa/Teresa
    Ian/Iain Neil/Neal Claire/Clare Tracey/Tracy Ayesha/Aisha Omar/Umar
    Hassan/Hasan Rebecca/Rebekah Anthony/Antony Stuart/Stewart Gillian/Jillian
    Harjit/Harjeet Manjit/Manjeet Baljit/Baljeet Nasreen/Nasrin
"""
RESPELT = dict(pair.split("/") for pair in RESPELLINGS.split())
