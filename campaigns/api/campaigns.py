"""Campaigns and jobs."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from campaigns import access
from campaigns.api.areas import ElectionSerializer
from campaigns.api.base import CampaignResource, Resource
from campaigns.models import Campaign, Candidate, Job
from campaigns.roles import Capability


class CandidateSerializer(serializers.ModelSerializer[Candidate]):
    class Meta:
        model = Candidate
        fields = ("id", "name", "party", "is_ours")


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    organisation = serializers.CharField(source="organisation.slug")
    election = ElectionSerializer()
    candidates = CandidateSerializer(many=True)
    asks_second_preference = serializers.BooleanField()

    class Meta:
        model = Campaign
        fields = (
            "slug",
            "name",
            "organisation",
            "election",
            "candidates",
            "pledge_word",
            "pledges_planned",
            "asks_second_preference",
        )


class JobSerializer(serializers.ModelSerializer[Job]):
    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "title",
            "state",
            "done",
            "total",
            "message",
            "result",
            "asked_at",
            "started_at",
            "finished_at",
        )


class Campaigns(ListModelMixin, RetrieveModelMixin, Resource):
    """The campaigns that the caller reaches."""

    capability = Capability.SEE_CAMPAIGN
    serializer_class = CampaignSerializer
    queryset = Campaign.objects.none()
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Campaign]:
        if self.is_described:
            return Campaign.objects.none()
        return access.campaigns_for(
            self.actor, Capability.SEE_CAMPAIGN
        ).prefetch_related("candidates")


class Jobs(ListModelMixin, RetrieveModelMixin, CampaignResource):
    """The campaign's long work: what was asked for and how far it is."""

    capability = Capability.MAKE_LISTS
    serializer_class = JobSerializer
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        if self.is_described:
            return Job.objects.none()
        return access.jobs_for(
            self.actor, Capability.MAKE_LISTS, campaign=self.campaign
        ).filter(campaign=self.campaign)
