"""Thailand as its offices count it. Codes are the Interior Ministry's: 2, 4 and 6 digits."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """Anything with a Thai and an English name."""

    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The name in the reader's language."""
        english = (get_language() or "th").startswith("en")
        return (self.name_en if english else self.name_th) or self.name_th


class RegionSet(models.Model):
    """One way to divide the provinces, from a date on. Reports name the set they used."""

    code = models.CharField(max_length=20, primary_key=True)
    valid_from = models.DateField()
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=models.Q(is_current=True),
                name="one_current_region_set",
            )
        ]

    def __str__(self):
        return self.code


class Region(Named):
    region_set = models.ForeignKey(RegionSet, models.PROTECT, related_name="regions")
    code = models.CharField(max_length=4)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["region_set", "code"], name="one_region_code_in_a_set")]


class Province(Named):
    code = models.CharField(max_length=2, primary_key=True)
    sort_key = models.CharField(max_length=300, editable=False, default="")
    regions = models.ManyToManyField(Region, through="ProvinceRegion", related_name="provinces")

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["sort_key"]


class ProvinceRegion(models.Model):
    """A province's place in one region set."""

    region_set = models.ForeignKey(RegionSet, models.PROTECT)
    province = models.ForeignKey(Province, models.PROTECT)
    region = models.ForeignKey(Region, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_set", "province"], name="one_region_of_a_province_in_a_set")
        ]

    def __str__(self):
        return f"{self.province_id} {self.region_id}"


class District(Named):
    code = models.CharField(max_length=4, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="districts")

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")


class Subdistrict(Named):
    code = models.CharField(max_length=6, primary_key=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="subdistricts")

    class Meta:
        verbose_name = _("subdistrict")
        verbose_name_plural = _("subdistricts")

    def __str__(self):
        return f"{self.code} {self.name}"  # many share a name
