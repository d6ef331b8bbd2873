"""Names of states, with their capitals and the words for their people.

A text speaks of a state by its name, its capital ("Tehran rejected") or its people ("the Iranian
foreign minister"); all mean the same decision maker. States that are gone are named as well, since
history is read too.
"""

from __future__ import annotations

from functools import cache

__all__ = ["is_adjective", "state_of", "state_phrases"]

#: name: other names and the capital; the adjectives and words for the people
_STATES = """
Afghanistan: Kabul; Afghan Afghans
Albania: Tirana; Albanian Albanians
Algeria: Algiers; Algerian Algerians
Angola: Luanda; Angolan Angolans
Argentina: Buenos_Aires; Argentine Argentinian Argentines Argentinians
Armenia: Yerevan; Armenian Armenians
Australia: Canberra; Australian Australians
Austria: Vienna; Austrian Austrians
Azerbaijan: Baku; Azerbaijani Azeri Azerbaijanis Azeris
Bahrain: Manama; Bahraini Bahrainis
Bangladesh: Dhaka; Bangladeshi Bangladeshis
Belarus: Minsk; Belarusian Belarusians
Belgium: ; Belgian Belgians
Bolivia: La_Paz; Bolivian Bolivians
Bosnia and Herzegovina: Bosnia Sarajevo; Bosnian Bosnians
Botswana: Gaborone; Botswanan
Brazil: Brasilia Brasília; Brazilian Brazilians
Bulgaria: Sofia; Bulgarian Bulgarians
Cambodia: Phnom_Penh; Cambodian Cambodians
Cameroon: Yaounde; Cameroonian Cameroonians
Canada: Ottawa; Canadian Canadians
Chad: N'Djamena; Chadian Chadians
Chile: Santiago; Chilean Chileans
China: Beijing Peking; Chinese
Colombia: Bogota Bogotá; Colombian Colombians
Costa Rica: ; Costa_Rican
Croatia: Zagreb; Croatian Croat Croats Croatians
Cuba: Havana; Cuban Cubans
Cyprus: Nicosia; Cypriot Cypriots
Czechoslovakia: ; Czechoslovak
Czech Republic: Czechia Prague; Czech Czechs
Democratic Republic of Congo: Congo DRC Kinshasa; Congolese
Denmark: Copenhagen; Danish Danes
East Germany: East_Berlin GDR; East_German East_Germans
Ecuador: Quito; Ecuadorian Ecuadorean
Egypt: Cairo; Egyptian Egyptians
El Salvador: ; Salvadoran Salvadorans
Eritrea: Asmara; Eritrean Eritreans
Estonia: Tallinn; Estonian Estonians
Ethiopia: Addis_Ababa; Ethiopian Ethiopians
Finland: Helsinki; Finnish Finns
France: Paris; French
Georgia: Tbilisi; Georgian Georgians
Germany: Berlin Bonn West_Germany; German Germans West_German
Ghana: Accra; Ghanaian Ghanaians
Greece: Athens; Greek Greeks
Guatemala: ; Guatemalan Guatemalans
Guinea: Conakry; Guinean
Guyana: Georgetown; Guyanese
Haiti: Port-au-Prince; Haitian Haitians
Honduras: Tegucigalpa; Honduran Hondurans
Hungary: Budapest; Hungarian Hungarians
Iceland: Reykjavik; Icelandic Icelanders
India: New_Delhi Delhi; Indian Indians
Indonesia: Jakarta; Indonesian Indonesians
Iran: Tehran Islamic_Republic_of_Iran Islamic_Republic; Iranian Iranians
Iraq: Baghdad; Iraqi Iraqis
Ireland: Dublin Irish_Republic; Irish
Israel: Jerusalem Tel_Aviv; Israeli Israelis
Italy: Rome; Italian Italians
Ivory Coast: ; Ivorian
Jamaica: ; Jamaican
Japan: Tokyo; Japanese
Jordan: Amman; Jordanian Jordanians
Kazakhstan: Astana; Kazakh Kazakhs
Kenya: Nairobi; Kenyan Kenyans
Kosovo: Pristina; Kosovar Kosovars
Kuwait: ; Kuwaiti Kuwaitis
Kyrgyzstan: Bishkek; Kyrgyz
Laos: Vientiane; Laotian
Latvia: Riga; Latvian Latvians
Lebanon: Beirut; Lebanese
Liberia: Monrovia; Liberian Liberians
Libya: Tripoli; Libyan Libyans
Lithuania: Vilnius; Lithuanian Lithuanians
Luxembourg: ; Luxembourgish
Malaysia: Kuala_Lumpur; Malaysian Malaysians
Mali: Bamako; Malian Malians
Malta: Valletta; Maltese
Mauritania: Nouakchott; Mauritanian
Mexico: Mexico_City; Mexican Mexicans
Moldova: Chisinau; Moldovan Moldovans
Mongolia: Ulaanbaatar; Mongolian
Montenegro: Podgorica; Montenegrin
Morocco: Rabat; Moroccan Moroccans
Mozambique: Maputo; Mozambican
Myanmar: Burma Naypyidaw; Burmese
Namibia: Windhoek; Namibian
Nepal: Kathmandu; Nepali Nepalese
Netherlands: The_Hague; Dutch
New Zealand: Wellington; New_Zealander
Nicaragua: Managua; Nicaraguan Nicaraguans
Niger: Niamey; Nigerien
Nigeria: Abuja; Nigerian Nigerians
North Korea: Pyongyang DPRK; North_Korean North_Koreans
North Macedonia: Macedonia Skopje; Macedonian
North Vietnam: Hanoi; North_Vietnamese
Norway: Oslo; Norwegian Norwegians
Oman: Muscat; Omani Omanis
Pakistan: Islamabad; Pakistani Pakistanis
Palestine: Ramallah Palestinian_Authority; Palestinian Palestinians
Panama: Panama_City; Panamanian Panamanians
Paraguay: Asuncion; Paraguayan
Peru: Lima; Peruvian Peruvians
Philippines: Manila; Philippine Filipino Filipinos
Poland: Warsaw; Polish Poles
Portugal: Lisbon; Portuguese
Qatar: Doha; Qatari Qataris
Romania: Bucharest; Romanian Romanians
Russia: Moscow Russian_Federation; Russian Russians
Rwanda: Kigali; Rwandan Rwandans
Saudi Arabia: Riyadh; Saudi Saudis Saudi_Arabian
Senegal: Dakar; Senegalese
Serbia: Belgrade; Serbian Serb Serbs Serbians
Sierra Leone: Freetown; Sierra_Leonean
Singapore: ; Singaporean
Slovakia: Bratislava; Slovak Slovaks
Slovenia: Ljubljana; Slovenian
Somalia: Mogadishu; Somali Somalis
South Africa: Pretoria; South_African South_Africans
South Korea: Seoul; South_Korean South_Koreans
South Sudan: Juba; South_Sudanese
South Vietnam: Saigon; South_Vietnamese
Soviet Union: USSR; Soviet Soviets
Spain: Madrid; Spanish Spaniards
Sri Lanka: Colombo; Sri_Lankan Sri_Lankans
Sudan: Khartoum; Sudanese
Sweden: Stockholm; Swedish Swedes
Switzerland: Bern; Swiss
Syria: Damascus; Syrian Syrians
Taiwan: Taipei; Taiwanese
Tajikistan: Dushanbe; Tajik Tajiks
Tanzania: Dodoma; Tanzanian
Thailand: Bangkok; Thai Thais
Tunisia: Tunis; Tunisian Tunisians
Turkey: Ankara Türkiye; Turkish Turks
Turkmenistan: Ashgabat; Turkmen
Uganda: Kampala; Ugandan Ugandans
Ukraine: Kyiv Kiev; Ukrainian Ukrainians
United Arab Emirates: Abu_Dhabi UAE U.A.E.; Emirati Emiratis
United Kingdom: London UK U.K. Britain Great_Britain; British
United States: Washington US U.S. USA U.S.A. United_States_of_America America; American Americans
Uruguay: Montevideo; Uruguayan
Uzbekistan: Tashkent; Uzbek Uzbeks
Venezuela: Caracas; Venezuelan Venezuelans
Vietnam: ; Vietnamese
Yemen: Sanaa Sana'a; Yemeni Yemenis
Yugoslavia: ; Yugoslav
Zambia: Lusaka; Zambian
Zimbabwe: Harare; Zimbabwean
"""


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in _STATES.strip().splitlines():
        name, _, rest = line.partition(":")
        names[name] = name
        for word in rest.replace(";", " ").split():
            names.setdefault(word.replace("_", " "), name)
    return names


def state_of(words: str) -> str | None:
    """Return the state that a name, a capital or a word for its people stands for."""
    return _names().get(words)


@cache
def _adjectives() -> frozenset[str]:
    lines = (line.partition(";")[2].split() for line in _STATES.strip().splitlines())
    return frozenset(word.replace("_", " ") for words in lines for word in words)


def is_adjective(words: str) -> bool:
    """Tell whether a word names a people and so may only tell whose something is: Iranian."""
    return words in _adjectives() and not words.endswith("s")


@cache
def state_phrases() -> frozenset[tuple[str, ...]]:
    """Return the names of more than one word, each as its words."""
    return frozenset(tuple(name.split()) for name in _names() if " " in name)
