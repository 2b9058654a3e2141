"""The closed vocabularies that blocks choose from.

The stored value is the wire value: renaming one is a breaking change of the contract.
Labels are what an editor and a reader see; the contract exports them beside the values.
"""

from django.db import models


class SectionRole(models.TextChoices):
    """What a free text section is about."""

    CAUSES = "causes", "Causes"
    WHO_GETS_IT = "who_gets_it", "Who gets it"
    TREATMENT = "treatment", "Treatment"
    OUTLOOK = "outlook", "Outlook"
    LIVING_WITH_IT = "living_with_it", "Living with it"
    OTHER = "other", "Something else"


class CyclePattern(models.TextChoices):
    """How a condition runs over months and years."""

    RELAPSING = "relapsing", "Flares up and settles (relapsing)"
    PROGRESSIVE = "progressive", "Slowly gets worse (progressive)"
    CHRONIC = "chronic", "Always there (chronic)"
    ACUTE = "acute", "Comes once and heals (acute)"
    EPISODIC = "episodic", "Comes in separate attacks (episodic)"
    VARIABLE = "variable", "Different for each person (variable)"


class Phase(models.TextChoices):
    """The state a person is in on the day; advice belongs to a phase, never to a condition."""

    ACUTE = "acute", "Flare or acute phase"
    SUBACUTE = "subacute", "Settling down (subacute)"
    CHRONIC = "chronic", "Long-standing (chronic)"
    REMISSION = "remission", "In remission"
    ON_TREATMENT = "on_treatment", "During medical treatment"
    POST_SURGERY = "post_surgery", "After surgery"
    PALLIATIVE = "palliative", "Palliative or hospice care"
    ANY = "any", "At any time"


class Advice(models.TextChoices):
    """Whether massage is suitable in a phase."""

    AVOID = "avoid", "Do not massage"
    ASK_FIRST = "ask_first", "Ask the doctor first"
    MODIFY = "modify", "Yes, with changes"
    OK = "ok", "Yes"


class Pressure(models.IntegerChoices):
    """Walton's pressure scale for massage; 0 stands for touch without any pressure.

    Source: T. Walton, Medical Conditions and Massage Therapy: A Decision Tree Approach (2011).
    """

    NONE = 0, "0: holding only, no pressure"
    LIGHT_LOTIONING = 1, "1: light lotioning"
    HEAVY_LOTIONING = 2, "2: heavy lotioning"
    MEDIUM = 3, "3: medium pressure"
    STRONG = 4, "4: strong pressure"
    DEEP = 5, "5: deep pressure"


class Speed(models.TextChoices):
    """How fast the strokes may be."""

    SLOW = "slow", "Slow"
    MODERATE = "moderate", "Moderate"
    ANY = "any", "Any speed"


class Heat(models.TextChoices):
    """Warm rooms, hot packs and hot stones."""

    AVOID = "avoid", "No heat"
    MILD_ONLY = "mild_only", "Mild warmth only"
    OK = "ok", "Heat is fine"


class Position(models.TextChoices):
    """How the person may lie or sit."""

    PRONE = "prone", "Face down"
    SUPINE = "supine", "Face up"
    SIDE_LYING = "side_lying", "On the side"
    SEMI_RECLINED = "semi_reclined", "Half sitting"
    SEATED = "seated", "Seated"
    WHEELCHAIR = "wheelchair", "In a wheelchair"
    IN_BED = "in_bed", "In bed"


class Technique(models.TextChoices):
    """Ways of working that guidance can suit or rule out."""

    STILL_TOUCH = "still_touch", "Still, holding touch"
    GLIDING = "gliding", "Gliding strokes (effleurage)"
    KNEADING = "kneading", "Kneading (petrissage)"
    FRICTION = "friction", "Friction"
    TAPPING = "tapping", "Tapping (tapotement)"
    VIBRATION = "vibration", "Vibration"
    COMPRESSION = "compression", "Compression"
    DEEP_TISSUE = "deep_tissue", "Deep tissue work"
    TRIGGER_POINT = "trigger_point", "Trigger point work"
    MYOFASCIAL_RELEASE = "myofascial_release", "Myofascial release"
    LYMPHATIC_DRAINAGE = "lymphatic_drainage", "Lymphatic drainage"
    STRETCHING = "stretching", "Stretching"
    JOINT_MOVEMENT = "joint_movement", "Passive joint movement"
    CRANIOSACRAL = "craniosacral", "Craniosacral work"
    REFLEXOLOGY = "reflexology", "Reflexology"
    ENERGY_WORK = "energy_work", "Energy work"
    HOT_STONE = "hot_stone", "Hot stones"


class AreaRuleKind(models.TextChoices):
    """How an area of the body is to be handled."""

    AVOID = "avoid", "Do not touch"
    GENTLE_ONLY = "gentle_only", "Very gently only"
    ENERGY_ONLY = "energy_only", "Energy work only"
    NORMAL = "normal", "As elsewhere"


class SeeDoctorFirst(models.TextChoices):
    """When a person should see a doctor before booking."""

    NEVER = "never", "Not needed"
    IF_UNSURE = "if_unsure", "If unsure"
    ALWAYS = "always", "Always"


class Urgency(models.TextChoices):
    """How fast a person with these signs needs help."""

    EMERGENCY = "emergency", "Emergency: call 911"
    URGENT = "urgent", "Urgent: a doctor today"
    NON_URGENT = "non_urgent", "Soon: make an appointment"


class CarePlace(models.TextChoices):
    """Where the therapist has worked with people who have the condition."""

    HOME = "home", "At home"
    HOSPITAL = "hospital", "In hospital"
    HOSPICE = "hospice", "In a hospice"
    CARE_HOME = "care_home", "In a care home"
    CLINIC = "clinic", "In a clinic"
    STUDIO = "studio", "In the studio"


class CalloutTone(models.TextChoices):
    """What kind of aside a callout is."""

    INFORMATION = "information", "Good to know"
    TIP = "tip", "Tip"
    CAUTION = "caution", "Take care"
