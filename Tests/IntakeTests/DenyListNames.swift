/// Names as systems write them, with the category that must refuse each, in a profile and in strict mode.
let refusedNames: [(category: String, names: String)] = [
    (
        "name",
        """
        first_name firstName FirstName FIRST-NAME last_name LastName MiddleName NameSuffix NameDataQuality
        full_name surname client_first_name applicantLastName legalName maiden_name mothers_maiden_name
        nickname username user_name clientName patient_name nameOfApplicant participant_names clientname
        patientname residentName guest_name student_name case_worker_name contactName staff_display_name
        given_name apellido nombre_completo Prénom
        """
    ),
    (
        "birth-date",
        """
        DOB dob birthDate birth_date date_of_birth dateOfBirth applicantDateOfBirth YearOfBirth birthday
        patient_dob DOBDataQuality born_on fecha_de_nacimiento
        """
    ),
    (
        "contact",
        """
        phone phone_number phone2 homePhone cell_phone mobile email Email_Address e-mail telecom telephone fax
        whatsapp twitter_handle ip_address teléfono correo correo_electronico contact_info
        """
    ),
    (
        "address",
        """
        address address_string address_id addressLine1 street street_address home_address lat long latitude
        Longitude lng zip zipcode zip_code postal_code postcode geometry coordinates LastPermanentStreet
        LastPermanentZIP dirección patientCity client_city
        """
    ),
    (
        "government-id",
        """
        SSN ssn SSNDataQuality social_security_number socialSecurityNo ssn_last4 a_number A-Number alien_number
        alien_registration_number i94 I-94 i94Number uscis_number passport passport_no driversLicense
        drivers_license_no licensePlate mrn MRN medical_record_number medicaid_id insuranceNumber national_id
        tax_id itin sevis_id client_ssn
        """
    ),
    ("visa-class", "visa visa_type visaClass visa_class class_of_admission admission_class current_visa_category"),
    (
        "immigration-status",
        """
        immigration_status immigrationStatus legal_status residency_status citizenship_status daca undocumented
        green_card refugee_status asylum_status parole_status removal_proceedings lpr lawful_presence
        """
    ),
    (
        "nationality",
        """
        nationality citizenship country_of_birth countryOfBirth birth_country country_of_citizenship
        country_of_origin CountryOfNationality place_of_birth birthplace national_origin client_country
        people_by_country participantCountryCode nacionalidad pais_de_origen foreign_born
        """
    ),
    (
        "language",
        """
        language primary_language PrimaryLanguage preferredLanguage PreferredLanguageDifferent spoken_languages
        home_language mother_tongue lep TranslationNeeded interpreter_language idioma locale
        """
    ),
    (
        "ethnicity",
        """
        race Race ethnicity ethnic_group AmIndAKNative Asian BlackAfAmerican HispanicLatinaeo MidEastNAfrican
        NativeHIPacific White RaceNone AdditionalRaceEthnicity race_ethnicity religion ancestry
        tribal_affiliation raza
        """
    ),
    (
        "diagnosis",
        """
        diagnosis diagnoses primary_diagnosis diagnosisCode icd10 icd_10_code ICD-9 reasonCode reason_code
        reasonReference medication medications DisabilityType DisabilityResponse DisablingCondition
        HIVAIDSAssistance hiv_status symptoms MentalHealthDisorderFam MentalHealthStatus PhysicalDisabilityFam
        AlcoholDrugUseDisorderFam ViralLoad TCellCount AntiRetroviral DomesticViolenceSurvivor
        domestic_violence pregnancy_status CurrentPregnant SexOffender dx_code chief_complaint
        presenting_problem substance_use allergies
        """
    ),
    (
        "gender-identity",
        """
        gender Gender sex Sex birth_sex genderIdentity sexual_orientation SexualOrientationOther NonBinary
        Transgender Questioning DifferentIdentityText GenderNone pronouns Woman Man lgbtq sexo género
        client_gender
        """
    ),
    (
        "free-text",
        """
        description Description status_notes statusNotes notes note narrative comments comment remarks
        free_text media_url mediaUrl photo attachments headerText header_text descriptionText description_text
        tts_header_text ttsDescriptionText case_notes transcript story observaciones note_text interview_notes
        """
    ),
    ("credentials", "password user_password api_key accessToken secret privateKey session_token client_secret"),
    ("statement", "sql ddl sql_statement sqlText"),
]

/// Names of the same formats and of everyday departments that hold nothing of a resident.
let innocentNames = """
    id key type status code count people persons clients participants households families guests usd amount total
    cost currency direction district ward precinct area zone beat council_district neighborhood groups youth women
    men seniors adults under18 revision retracted version time timestamp date occurredOn occurred_on created_at
    updatedAt requested_datetime updated_datetime expected_datetime start end start_date endDate period duration
    interval outcome outcomeType outcome_name references scheme mechanism partner partner_name programme
    programme_name program program_name grant grant_name grant_id funding fund fund_name budget venue venue_name
    site site_name shelter_name clinic_name event_name organisation organisation_name organizationName agency
    agency_name agency_responsible department department_name service service_name service_code serviceProvider
    service_request_id service_notice resourceType class class_code meta lastUpdated profile location coding system
    identifier reference display_count hospitalization dischargeDisposition priority length participant_count
    client_count clientId client_id patient_id PersonalID HouseholdID EnrollmentID ProjectID ProjectName
    ProjectType EntryDate ExitDate MoveInDate Destination LivingSituation RelationshipToHoH DateCreated DateUpdated
    DateDeleted UserID ExportID VeteranStatus TimesHomeless op ts_ms before after source snapshot db table
    server_id gtid file pos row thread connector lsn txId schema header entity alert activePeriod informedEntity
    routeId stopId tripId agencyId cause effect url severityLevel incrementality gtfsRealtimeVersion route_name
    stop_name line_name parent_station direction_id specversion datacontenttype dataschema data subject provider_id
    vehicle_type trip_count rider_count geography_id special_group_type k_value measures dimensions filters
    queue_name case_id case_type case_number priority_date receipt_date filed_on decided_on hearing_date approved
    granted court court_code form form_type office office_name filename fileName hostname host_name database_name
    table_name topic_name field_name nameplate namespace rename_count surnamed trace_id spanId embassy consulate
    consulate_name sister_city sister_city_name delegation_size meetings visits trainings workshops
    citizenship_classes citizenship_workshops_held citizenship_ceremony language_access_hours language_classes_held
    street_lights_fixed street_trees_planted streets_repaired phone_calls emails_sent beds units units_built
    placements vaccinations doses tests_done attendance attendees hours miles kwh permits permit_id license_id
    inspection_id inspections resolution_days addressed_on noted descriptor conditional traced racetrack sextant
    essex middlesex placebo latency longterm long_term_stay longest zipline gendarmerie ageing agenda average
    mission permission commission message_id text_count titles_issued is_a_number visa_clinics_held passport_fairs
    volunteer_hours staff_hours student_exchanges social_housing_units member_agencies minor_repairs
    parent_project_id user_agent
    """

/// Names that a profile may not end with, and that strict mode lets be.
let doubtfulNames = """
    name display display_name title text summary message details condition author created_by updatedBy assigned_to
    reported_by caseworker requester client applicant tenant token authorization statement body caption
    receipt_number policy_number contact
    """
